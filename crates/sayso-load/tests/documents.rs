//! PDF and Word documents.

#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

mod support;

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use sayso_load::{Options, from_bytes};
use sayso_reading::BlockKind;

use support::{blocks, has_note, load, only, sentence, survives_damage, zip};

/// A PDF of these objects; the first is the catalogue, the last may be the info.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(table.bytes());
    let size = objects.len() + 1;
    out.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n")
            .bytes(),
    );
    out
}

fn stream(fields: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {fields}/Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// Pages with these drawings; object 3 is the font, 4 the info, and the pages follow.
fn pages(drawings: &[&str]) -> Vec<Vec<u8>> {
    let numbers = |at: usize| (5 + at * 2, 6 + at * 2);
    let kids: String = (0..drawings.len()).fold(String::new(), |mut kids, at| {
        write!(kids, "{} 0 R ", numbers(at).0).unwrap();
        kids
    });
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", drawings.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        b"<< /Title (A bridge is closed) /Author (Lena Ortiz) /CreationDate (D:20210304101500+01'00') >>"
            .to_vec(),
    ];
    for (at, drawing) in drawings.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources \
                 << /Font << /F1 3 0 R >> >> >>",
                numbers(at).1
            )
            .into_bytes(),
        );
        objects.push(stream("", drawing.as_bytes()));
    }
    objects
}

const PAGE: &str = "BT /F1 18 Tf 50 740 Td (A bridge is closed) Tj ET\n\
    BT /F1 10 Tf 12 TL 50 700 Td (The mayor of Elsin said on Monday that the old bridge would re-) Tj\n\
    T* [(main clo) 20 (sed for) -300 (at least one more year, because all its) ] TJ\n\
    (piers had cracked.) ' \n\
    0 -24 Td (\\223Nobody was hurt,\\224 she said.) Tj ET\n\
    /Artifact BMC BT /F1 8 Tf 50 20 Td (Elsin Post) Tj ET EMC";

fn report() -> Vec<u8> {
    pdf(&pages(&[PAGE]), "/Info 4 0 R ")
}

#[test]
fn a_pdf_gives_its_paragraphs() {
    for name in ["a.pdf", "stream", "a.txt"] {
        let document = only(name, &report());
        assert_eq!(
            blocks(&document),
            [
                (BlockKind::Headline, "A bridge is closed"),
                (
                    BlockKind::Paragraph,
                    "The mayor of Elsin said on Monday that the old bridge would remain closed for \
                     at least one more year, because all its piers had cracked."
                ),
                (BlockKind::Paragraph, "“Nobody was hurt,” she said."),
            ]
        );
        assert_eq!(document.title.as_deref(), Some("A bridge is closed"));
        assert_eq!(document.byline.as_deref(), Some("Lena Ortiz"));
        assert_eq!(document.published, None);
        for note in [
            "the text was put together from the lines of the pages (1)",
            "words put together that were divided at line ends: 1",
            "the PDF was made on 2021-03-04, which need not be its publication date",
            "a PDF names no publisher, no address and no publication date",
        ] {
            assert!(has_note(&document, note), "{note}: {:?}", document.notes);
        }
    }
}

#[test]
fn letters_come_from_the_map_that_the_font_carries() {
    let map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< \
               /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName \
               /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> \
               <FFFF>\nendcodespacerange\n1 beginbfrange\n<0001> <0003> \
               <0061>\nendbfrange\n1 beginbfchar\n<0004> <00660069>\nendbfchar\nendcmap\n\
               CMapName currentdict /CMap defineresource pop\nend\nend\n";
    let mut objects = pages(&[
        "BT /F1 10 Tf 50 700 Td <00010002000300040001000100020003000100020003> \
                               Tj <0009> Tj ET",
    ]);
    objects[2] = b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 7 0 R \
                   /DescendantFonts [<< /DW 500 /W [1 [500 500] 3 4 500] >>] >>"
        .to_vec();
    objects.push(stream("", map.as_bytes()));
    let document = only("a.pdf", &pdf(&objects, ""));
    assert_eq!(document.text(), "abcfiaabcabc");
    assert!(has_note(
        &document,
        "signs left out because the file does not tell their letters: 1"
    ));
}

#[test]
fn text_in_drawings_and_on_turned_pages_is_read() {
    let mut objects = pages(&["q 1 0 0 1 0 0 cm /X1 Do Q"]);
    objects[4] = b"<< /Type /Page /Parent 2 0 R /Rotate 90 /Contents 6 0 R /Resources << /XObject \
                   << /X1 7 0 R >> /Font << /F1 3 0 R >> >> >>"
        .to_vec();
    objects.push(stream(
        "/Type /XObject /Subtype /Form ",
        b"BT /F1 10 Tf 0 1 -1 0 100 50 Tm (The bridge is closed, he said.) Tj ET /X1 Do",
    ));
    let document = only("a.pdf", &pdf(&objects, ""));
    assert!(
        document
            .text()
            .starts_with("The bridge is closed, he said.")
    );
}

#[test]
fn pdfs_without_a_text_layer_are_told() {
    let options = Options::default();
    let picture = pdf(&pages(&["q 100 0 0 100 0 0 cm /Im1 Do Q"]), "");
    assert_eq!(
        sentence("a.pdf", &picture, &options),
        "a.pdf: the PDF has no text layer, only pictures or shapes; run text recognition over it first"
    );
    let mut objects = pages(&["BT /F1 10 Tf <00010002000300040005> Tj ET"]);
    objects[2] = b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H >>".to_vec();
    assert!(
        sentence("a.pdf", &pdf(&objects, ""), &options)
            .contains("its fonts do not tell which letters")
    );
    assert!(sentence("a.pdf", b"%PDF-1.4\n", &options).contains("is no PDF file"));
}

#[test]
fn pdfs_that_unpack_to_too_much_are_refused() {
    let options = Options {
        limit: 1_000_000,
        ..Options::default()
    };
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&b"q ".repeat(10_000_000)).unwrap();
    let bomb = packer.finish().unwrap();
    let mut objects = pages(&[""]);
    objects[5] = stream("/Filter /FlateDecode ", &bomb);
    let told = sentence("a.pdf", &pdf(&objects, ""), &options);
    assert!(told.contains("none of its pages can be read"), "{told}");
    assert!(sentence("a.pdf", &vec![b' '; 1_000_001], &options).contains("longer than the limit"));
}

const BODY: &str = "<w:document xmlns:w='x'><w:body>\
    <w:p><w:pPr><w:pStyle w:val='berschrift1'/></w:pPr><w:r><w:t>A bridge is closed</w:t></w:r></w:p>\
    <w:p><w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr><w:r><w:t xml:space='preserve'>The mayor </w:t>\
    </w:r><w:r><w:tab/><w:t>said &amp; left.</w:t><w:footnoteReference w:id='1'/></w:r>\
    <w:del><w:r><w:delText>no</w:delText><w:t>no</w:t></w:r></w:del>\
    <w:ins><w:r><w:t xml:space='preserve'> Yes.</w:t></w:r></w:ins></w:p>\
    <w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>bread</w:t></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>\
    <w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></mc:Choice>\
    <mc:Fallback><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>\
    <w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Later</w:t></w:r></w:p>\
    </w:body></w:document>";
const STYLES: &str = "<w:styles><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
    </w:styles>";
const CORE: &str = "<cp:coreProperties><dc:title>A bridge is closed</dc:title>\
    <dc:creator>Lena Ortiz</dc:creator><dcterms:created>2021-03-04T10:00:00Z</dcterms:created>\
    <dcterms:modified>2021-03-05T10:00:00Z</dcterms:modified></cp:coreProperties>";

fn docx(body: &str) -> Vec<u8> {
    zip(
        &[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", body.as_bytes()),
            ("word/styles.xml", STYLES.as_bytes()),
            ("docProps/core.xml", CORE.as_bytes()),
        ],
        true,
    )
}

#[test]
fn a_word_document_gives_its_paragraphs() {
    for name in ["a.docx", "stream"] {
        let document = only(name, &docx(BODY));
        assert_eq!(
            blocks(&document),
            [
                (BlockKind::Headline, "A bridge is closed"),
                (BlockKind::Paragraph, "The mayor said & left. Yes."),
                (BlockKind::List, "bread"),
                (BlockKind::Paragraph, "a | b c"),
                (BlockKind::Paragraph, "Boxed."),
                (BlockKind::Subheading, "Later"),
            ]
        );
        assert_eq!(document.title.as_deref(), Some("A bridge is closed"));
        assert_eq!(document.byline.as_deref(), Some("Lena Ortiz"));
        assert_eq!(document.published, None);
        for note in [
            "footnotes that were not read: 1",
            "the document holds changes that nobody has accepted yet",
            "the document was created on 2021-03-04 and was last changed on 2021-03-05, which need",
            "a Word document names no publisher, no address and no publication date",
        ] {
            assert!(has_note(&document, note), "{note}: {:?}", document.notes);
        }
    }
}

#[test]
fn the_main_part_may_have_another_name() {
    let relations = b"<Relationships><Relationship Type='http://x/officeDocument' \
                      Target='/word/document2.xml'/></Relationships>";
    let file = zip(
        &[
            ("_rels/.rels", relations),
            ("word/document2.xml", BODY.as_bytes()),
        ],
        false,
    );
    assert!(
        only("a.docx", &file)
            .text()
            .starts_with("A bridge is closed")
    );
}

#[test]
fn damaged_and_other_files_are_told() {
    let options = Options::default();
    let cut = BODY.len() - 100;
    let document = only("a.docx", &docx(&BODY[..cut]));
    assert!(has_note(
        &document,
        "the text of the document is damaged; its end may be missing"
    ));
    let other = zip(
        &[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/book.xml", b"<x/>"),
        ],
        true,
    );
    assert_eq!(
        sentence("a.docx", &other, &options),
        "a.docx: is no Word document that can be read (it is a packed file of another kind); save \
         or fetch it again"
    );
    assert!(sentence("a.docx", b"PK", &options).contains("is no Word document"));
    let empty = docx("<w:document><w:body/></w:document>");
    assert!(sentence("a.docx", &empty, &options).contains("holds no text"));
    let small = Options {
        limit: 100_000,
        ..Options::default()
    };
    let bomb = docx(&" ".repeat(5_000_000));
    assert_eq!(
        sentence("a.docx", &bomb, &small),
        "a.docx, word/document.xml: is longer than the limit of 100000 bytes; split it, or raise \
         --limit"
    );
    load("a.docx", &docx(&"<w:p><w:r><w:t>x".repeat(50_000)));
    load("a.docx", &docx(&"<w:tr><w:tc>".repeat(50_000)));
}

#[test]
fn damage_never_ends_the_program() {
    let options = Options::default();
    survives_damage("a.pdf", &report(), &options);
    survives_damage("a.docx", &docx(BODY), &options);
    let nested = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    load("a.pdf", &pdf(&pages(&[&nested]), ""));
    let mut objects = pages(&[PAGE]);
    objects[1] = b"<< /Type /Pages /Kids [2 0 R 2 0 R 5 0 R] /Count 3 >>".to_vec();
    load("a.pdf", &pdf(&objects, ""));
    load("a.docx", &docx(&format!("<w:t>{}", BODY.repeat(3))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let starts: [&[u8]; 2] = [b"%PDF-1.4\n", b"PK\x03\x04"];
        for (name, start) in ["a.pdf", "a.docx"].into_iter().zip(starts) {
            load(name, &bytes);
            load(name, &[start, &bytes].concat());
        }
    }

    #[test]
    fn no_drawing_panics(
        parts in prop::collection::vec(prop::sample::select(vec![
            "BT ", "ET ", "/F1 10 Tf ", "/F1 1e38 Tf ", "(words here) Tj ", "[(a) 1e38 (b)] TJ ",
            "1 0 0 1 5 5 Tm ", "1e38 0 0 1e38 0 0 cm ", "T* ", "(x) ' ", "1 2 (y) \" ", "q ", "Q ",
            "/X Do ", "EMC ", "/Artifact BMC ", "nan ", "<41> Tj ", "-1 0 Td ", "[ ", "] ", "( ",
        ]), 0..40),
    ) {
        let options = Options { limit: 1_000_000, ..Options::default() };
        from_bytes("a.pdf", &pdf(&pages(&[&parts.concat(), PAGE]), ""), &options);
    }

    #[test]
    fn no_markup_panics(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:t>", "</w:t>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "words",
            "<w:del>", "</w:del>", "<w:br/>", "<w:pStyle w:val='berschrift1'/>", "&#0;", "<", ">",
        ]), 0..40),
    ) {
        load("a.docx", &docx(&parts.concat()));
    }
}
