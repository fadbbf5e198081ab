package org.medtransformers.plots.figure;

import java.awt.Dimension;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Figures as SVG. */
final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final int DECIMALS = 2;

  private Svg() {}

  /** Ids that no other figure of the same page has. */
  private static final class Ids extends SVGIDGenerator {
    private final String figure;

    Ids(String figure) {
      this.figure = figure;
    }

    @Override
    public String generateID(String prefix) {
      return figure + "-" + super.generateID(prefix);
    }
  }

  static String of(Figure figure) {
    Document document = document();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(DECIMALS);
    context.setIDGenerator(new Ids(figure.name()));
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    Sheet sheet = new Sheet(figure.panels());
    graphics.setSVGCanvasSize(new Dimension(sheet.width(), sheet.height()));
    sheet.draw(graphics);
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 %d %d".formatted(sheet.width(), sheet.height()));
    root.setAttribute("role", "img");
    describe(root, "desc", figure.caption() + " n: " + figure.n() + ".");
    describe(root, "title", figure.title());
    root.setAttribute("font-family", "sans-serif");
    return text(root);
  }

  /** Without a document type: readers would look for it in the network. */
  private static String text(Element root) {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer writer = factory.newTransformer();
      writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      writer.transform(new DOMSource(root), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void describe(Element root, String kind, String words) {
    Element element = root.getOwnerDocument().createElementNS(NAMESPACE, kind);
    element.setTextContent(Labels.shown(words, Integer.MAX_VALUE));
    root.insertBefore(element, root.getFirstChild());
  }

  private static Document document() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
