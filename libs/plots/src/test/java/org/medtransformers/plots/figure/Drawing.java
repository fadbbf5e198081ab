package org.medtransformers.plots.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An SVG picture as an XML parser sees it. */
public record Drawing(Document document) {
  public static Drawing of(String svg) {
    try {
      return new Drawing(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svg))));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException(svg, e);
    }
  }

  public static BufferedImage pixels(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<String> texts() {
    return elements("text").map(Element::getTextContent).toList();
  }

  String first(String kind) {
    return elements(kind).findFirst().orElseThrow().getTextContent();
  }

  /** The ends of the longest level line of a colour. */
  public double[] longest(String colour) {
    return elements("line")
        .filter(line -> inherited(line, "stroke").equals(colour))
        .filter(line -> line.getAttribute("y1").equals(line.getAttribute("y2")))
        .map(line -> new double[] {number(line, "x1"), number(line, "x2")})
        .reduce((a, b) -> Math.abs(b[1] - b[0]) > Math.abs(a[1] - a[0]) ? b : a)
        .map(ends -> new double[] {Math.min(ends[0], ends[1]), Math.max(ends[0], ends[1])})
        .orElseThrow();
  }

  /** How many shapes of a colour there are. */
  public long filled(String colour) {
    return Stream.of("circle", "rect", "path", "ellipse", "polygon")
        .flatMap(this::elements)
        .filter(shape -> inherited(shape, "fill").equals(colour))
        .count();
  }

  private Stream<Element> elements(String kind) {
    NodeList all = document.getElementsByTagName(kind);
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i));
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static String inherited(Element element, String attribute) {
    if (element.hasAttribute(attribute)) {
      return element.getAttribute(attribute);
    }
    return element.getParentNode() instanceof Element parent ? inherited(parent, attribute) : "";
  }
}
