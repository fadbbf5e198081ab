package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Label files as spreadsheets, pandas and people write them. */
class TablesOfTheFieldTest extends ListedFiles {
  private static final String CSV =
      "{'csv': {'file': 'labels.csv', 'image_column': 'image', 'label_columns': ['finding']}}";
  private static final String PATIENTS =
      CSV.replace("}}", ", 'group_column': 'patient', 'subgroup_columns': ['sex', 'age']}}");

  private DatasetListing table(String text) throws IOException {
    text("CSV/labels.csv", text);
    return list(DatasetName.CSV, CSV);
  }

  private void refused(String text, ErrorCode code, String... parts) throws IOException {
    text("CSV/labels.csv", text);
    refused(DatasetName.CSV, CSV, code, parts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image,finding\na,x\nb,y\n",
        "\uFEFFimage,finding\r\na,x\r\nb,y\r\n,\r\n , \r\n",
        "image;finding\na;x\nb;y\n;\n",
        "sep=;\r\nimage;finding\r\na;x\r\nb;y\r\n",
        "image\tfinding\na\tx\nb\ty\n",
        "image,finding,\na,x,\nb,y,\n,,\n",
        "image,finding,\na,x\nb,y\n",
        ",image,finding\n0,a,x\n1,b,y\n",
        "image,finding\na,x,,\n\nb,y,,\n,,,\n",
        "\"image\",\"finding\"\n\"a\",\"x\"\n\"b\",\"y\"\n",
        "image\u00A0, finding \n a ,x\u00A0\n\tb,\u3000y\u200B\n",
      })
  void isOneTableHoweverItIsWritten(String text) throws IOException {
    DatasetListing listing = table(text);
    assertEquals(List.of("a", "b"), ids(listing));
    assertEquals(List.of("x", "y"), labels(listing));
    notices(listing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image,finding¶a,x¶b¶ | line 3: found 1 values, allowed: 2",
        "image,finding¶a,x,z¶b,y¶ | line 2: found 3 values, allowed: 2",
        "image,finding¶'a¶1',x¶¶,y¶ | line 5: a row without an id in column image",
        "image,finding¶a,x¶b,y¶a,x¶ | line 4: lists id a twice, first in line 2",
        "image,finding,finding¶a,x,y¶ | columns 2 and 3 are both called finding",
        "image,note,finding, note ¶a,x,y,z¶ | columns 2 and 4 are both called note",
        "picture;finding¶a;x¶ | there is no column image, only [picture;finding]",
        "image,finding¶'a,x¶ | line",
      })
  void rowThatFitsNoTableIsNamedByItsLine(String text, String problem) throws IOException {
    refused(
        text.replace('¶', '\n').replace('\'', '"'),
        ErrorCode.DATASET_INVALID,
        "labels.csv",
        problem);
  }

  @Test
  void fileInAnotherEncodingIsReadOrNamed() throws IOException {
    Path file = Files.createDirectories(location.resolve("CSV")).resolve("labels.csv");
    Files.write(file, "image,finding\na,N\u00E4vus\nb,x\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(DatasetName.CSV, CSV, ErrorCode.DATASET_INVALID, "not UTF-8 in line 2, at byte 0xE4");
    for (String name : List.of("UTF-16LE", "UTF-16BE")) {
      Files.write(file, "\uFEFFimage\tfinding\na\tx\nb\ty\n".getBytes(Charset.forName(name)));
      assertEquals(List.of("x", "y"), labels(list(DatasetName.CSV, CSV)));
    }
  }

  @Test
  void gradesAreOrderedByValueHoweverTheyAreWritten() throws IOException {
    assertEquals(
        List.of("6", "7", "10"),
        table("image,finding\na,10.0\nb,6.0\nc,7.0\n").description().classes());
    assertEquals(
        List.of("0.5", "2", "10"),
        table("image,finding\na,10\nb,0.5\nc,2\n").description().classes());
    assertEquals(
        List.of("grade 2", "grade 10"),
        table("image,finding\na,grade 10\nb,grade 2\n").description().classes());
    assertEquals(
        List.of("T10", "T2", "x"),
        table("image,finding\na,T2\nb,T10\nc,x\n").description().classes());
    DatasetListing one = table("image,finding\na,1\nb,1.0\nc,2\n");
    assertEquals(List.of("1", "1", "2"), labels(one));
    refused("image,finding\na,1.1\nb,1.10\nc,2\n", ErrorCode.DATASET_INVALID, "'1.1' and '1.10'");
    refused("image,finding\na,1\nb,01\nc,2\n", ErrorCode.DATASET_INVALID, "'01' and '1'");
    refused("image,finding\na,1\nb,1.0\n", ErrorCode.DATASET_INVALID, "1 different classes (1)");
  }

  @Test
  void givenClassesAreFoundByTheirValue() throws IOException {
    String given = CSV.replace("}}", ", 'classes': ['10', '6.0', '1.1', '1.10']}}");
    text("CSV/labels.csv", "image,finding\na,6\nb,10.0\nc,1.10\nd,1.1\n");
    assertEquals(List.of("6.0", "10", "1.10", "1.1"), labels(list(DatasetName.CSV, given)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nan", "NaN", "NA", "n/a", "#N/A", "<NA>", "null"})
  void missingLabelIsNoClass(String label) throws IOException {
    refused(
        "image,finding\na,x\nb,y\nc," + label + "\n",
        ErrorCode.LABEL_OUT_OF_RANGE,
        "line 4, id c: label is '" + label + "'");
  }

  @Test
  void classesThatLookAlikeAreTold() throws IOException {
    notices(
        table("image,finding\na,Benign\nb,benign\nc,no\u00A0DR\nd,No DR\ne,x\n"),
        "classes whose names differ by capital letters or spaces alone: 2 ('Benign' and 'benign',"
            + " 'No DR' and 'no\u00A0DR')");
    assertEquals(
        List.of("N\u00E4vus", "x"),
        table("image,finding\na,N\u00E4vus\nb,Na\u0308vus\nc,x\n").description().classes());
  }

  @Test
  void kappaOfClassesWithoutAnOrderIsTold() throws IOException {
    String kappa = CSV.replace("}}", ", 'target_metric': 'cohen_kappa'}}");
    text("CSV/labels.csv", "image,finding\na,mild\nb,none\nc,severe\n");
    notices(
        list(DatasetName.CSV, kappa),
        "cohen_kappa counts how far off an answer is in the order [mild, none, severe]");
    notices(
        list(DatasetName.CSV, kappa.replace("}}", ", 'classes': ['none', 'mild', 'severe']}}")));
    text("CSV/labels.csv", "image,finding\na,1\nb,2\nc,10\n");
    notices(list(DatasetName.CSV, kappa));
  }

  @Test
  void whoIsNotKnownIsAGroupAloneAndInNoSubgroup() throws IOException {
    text(
        "CSV/labels.csv",
        """
        image,finding,patient,sex,age
        a,x,nan,female,061Y
        b,y,NaN,nan,18 months
        c,x,p1,unknown,>89
        d,y,p1,,61.5
        e,x,N/A,male,061
        f,y,Unknown,-,999
        """);
    DatasetListing listing = list(DatasetName.CSV, PATIENTS);
    assertEquals(List.of("", "", "p1", "p1", "", ""), groups(listing));
    assertEquals(
        List.of(
            Map.of("sex", "female", "age", "61.0"),
            Map.of("age", "1.5"),
            Map.of("age", "89.0"),
            Map.of("age", "61.5"),
            Map.of("sex", "male", "age", "061"),
            Map.of()),
        listing.samples().stream().map(Sample::attributes).toList());
    notices(
        listing,
        "images, of 6, whose value is not known (empty, nan, unknown, no age): 4 in column patient,"
            + " each a group of its own; 1 in column age, in none of its subgroups; 4 in column"
            + " sex, in none of its subgroups");
  }

  @ParameterizedTest
  @CsvSource({
    "061Y, 61",
    "018M, 1.5",
    "7D, 0.0191",
    "26W, 0.4983",
    "61, 61",
    "61 years, 61",
    "61 y.o., -1",
    "'61,5', 61.5",
    "90+, 90",
    ">=90, 90",
    "40+, -1",
    "131, -1",
    "-3, -1",
    "sixty, -1",
    "60-69, -1",
    "0, 0",
    "1 year old, 1",
    "30yrs, 30"
  })
  void agesAreInYears(String text, double years) {
    assertEquals(years, AgeText.years(text).orElse(-1.0), 1e-4);
  }

  @Test
  void gradesOfAptosMayHaveAPointAndPatientsAColumn() throws IOException {
    text("APTOS2019/train.csv", "id_code,diagnosis,patient\na,0.0,p\nb,4.00,p\nc,3.,nan\n");
    DatasetListing listing = list(DatasetName.APTOS2019, "{}");
    assertEquals(List.of("No DR", "Proliferative DR", "Severe"), labels(listing));
    assertEquals(List.of("p", "p", ""), groups(listing));
    text("APTOS2019/train.csv", "id_code,diagnosis\na,0.5\n");
    refused(DatasetName.APTOS2019, "{}", ErrorCode.LABEL_OUT_OF_RANGE, "line 2, id a");
  }

  @Test
  void filesAreFoundWhateverFormTheirNamesHave() throws IOException {
    write("CSV/Na\u0308vus/1.PNG", "CSV/b.png", "APTOS2019/train_images/eye.PNG");
    DatasetListing listing = table("image,finding\nN\u00E4vus/1.png,x\nb.png,y\n");
    assertEquals(
        location.toRealPath().resolve("CSV/Na\u0308vus/1.PNG"),
        listing.samples().get(0).source().file());
    text("APTOS2019/train.csv", "id_code,diagnosis\neye,0\n");
    assertEquals(
        location.toRealPath().resolve("APTOS2019/train_images/eye.PNG"),
        list(DatasetName.APTOS2019, "{}").samples().get(0).source().file());
    write("CSV/c.Png", "CSV/c.PNG");
    refused(
        "image,finding\nc.png,x\nb.png,y\n",
        ErrorCode.DATASET_INVALID,
        "no file c.png but several of similar names, c.PNG and c.Png");
  }

  @Test
  void dicomFilesMayHaveCapitalExtensions() throws IOException {
    write("DICOM/im0.DCM", "DICOM/deep/im1.DCM", "DICOM/deep/Na\u0308.dcm");
    text("DICOM/labels.csv", "image,finding\nim0,x\nim1,y\nN\u00E4,y\n");
    DatasetListing listing =
        list(
            DatasetName.DICOM,
            "{'dicom': {'csv': 'labels.csv', 'id_column': 'image', 'label_column': 'finding'}}");
    assertEquals(
        List.of("im0.DCM", "im1.DCM", "Na\u0308.dcm"),
        listing.samples().stream().map(s -> s.source().file().getFileName().toString()).toList());
  }

  /** Two rows of two values, of which four are different, besides the header's two. */
  @Test
  void valuesMayTakeAShareOfTheMemoryAndNoByteMore() throws IOException {
    Path file = Files.writeString(location.resolve("labels.csv"), "image,finding\na,x\nb,y\n");
    long header = 2L * 100 + 2L * ("image".length() + "finding".length()) + 100 + 2 * 4;
    long rows = 4 * (100 + 2) + 2 * (100 + 2 * 4);
    List<String> columns = List.of("image");
    assertEquals(2, CsvTable.read(file, columns, header + rows).rows().size());
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> CsvTable.read(file, columns, header + rows - 1));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains("labels.csv"), e.getMessage());
  }

  @Test
  void aValueThatAllRowsHaveTakesItsRoomOnce() throws IOException {
    String value = "x".repeat(1000);
    Path file =
        Files.writeString(location.resolve("labels.csv"), "image\n" + (value + "\n").repeat(1000));
    assertEquals(1000, CsvTable.read(file, List.of("image"), 200_000).rows().size());
  }

  @Test
  void aLabelFileMayBeAsLargeAsItsShareOfTheMemory() throws IOException {
    Path file = Files.writeString(location.resolve("labels.csv"), "x".repeat(1000));
    assertEquals(1000, Labels.text(file, 1000).length());
    MedtransException e = assertThrows(MedtransException.class, () -> Labels.text(file, 999));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains("labels.csv has 1000 bytes, allowed are 999"));
  }

  @Test
  void aRowMayHaveTenThousandValues() throws IOException {
    String header = "image,finding" + ",".repeat(9_998);
    assertEquals(List.of("a", "b"), ids(table(header + "\na,x\nb,y\n")));
    refused(header + ",\na,x\nb,y\n", ErrorCode.DATASET_INVALID, "labels.csv", "10000");
  }
}
