//! Mails and pages saved as mails.

#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

mod support;

use proptest::prelude::*;
use sayso_load::Options;
use sayso_reading::BlockKind;

use support::{FIRST, SECOND, blocks, has_note, load, only, page, sentence, survives_damage};

const LETTER: &str = "Return-Path: <l@post.example>\r\nMessage-ID: <1@post.example>\r\n\
    From: =?utf-8?q?Lena_Ort=C3=ADz?= <lena.ortiz@post.example>\r\nTo: b@b.example\r\n\
    Subject: =?utf-8?B?VGhlIGJyaWRnZSDigJMgY2xvc2Vk?=\r\n\
    Date: Thu, 4 Mar 2021 23:30:00 -0800\r\nArchived-At: <https://lists.example/1>\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n\
    --XX\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\n\
    The mayor said in the caf=E9 that the bridge would stay =\r\nclosed.\r\n\r\nNobody was hurt.\r\n\
    --XX\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\n\
    Content-Disposition: attachment; filename=\"plan.pdf\"\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--XX--\r\n";

#[test]
fn a_mail_gives_text_subject_sender_and_day() {
    for name in ["a.eml", "stream"] {
        let document = only(name, LETTER.as_bytes());
        assert_eq!(
            document.text().trim_end(),
            "The mayor said in the café that the bridge would stay closed.\n\nNobody was hurt."
        );
        assert_eq!(document.title.as_deref(), Some("The bridge – closed"));
        assert_eq!(document.byline.as_deref(), Some("Lena Ortíz"));
        assert_eq!(document.publisher, None);
        assert_eq!(
            document.published.as_ref().unwrap().to_string(),
            "2021-03-04"
        );
        assert_eq!(document.url.as_deref(), Some("https://lists.example/1"));
        assert!(
            has_note(&document, "attachments were not read: plan.pdf"),
            "{:?}",
            document.notes
        );
        assert!(has_note(&document, "the mail names a person as its sender"));
    }
}

fn newsletter(plain: &str, marked: &str) -> String {
    format!(
        "From: \"Elsin Post\" <news@post.example>\nSubject: Today\nMIME-Version: 1.0\n\
         Content-Type: multipart/alternative; boundary=\"b\"\n\n--b\nContent-Type: text/plain; \
         charset=utf-8; format=flowed\n\n{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\n{marked}\n--b--\n"
    )
}

#[test]
fn the_part_that_says_more_is_read() {
    let marked = format!("<html><body><h1>Today</h1><p>{FIRST}</p><ul><li>{SECOND}</li></ul>");
    let document = only(
        "a.eml",
        newsletter("View it in a browser", &marked).as_bytes(),
    );
    assert_eq!(
        blocks(&document)[1..],
        [(BlockKind::Paragraph, FIRST), (BlockKind::List, SECOND)]
    );
    assert_eq!(document.publisher.as_deref(), Some("Elsin Post"));
    assert!(has_note(
        &document,
        "the mail holds its text in plain and as a page; the page"
    ));
    assert!(has_note(&document, "the mail gives no date"));
    let flowed = FIRST.replace("Monday ", "Monday \n");
    let document = only("a.eml", newsletter(&flowed, &marked).as_bytes());
    assert_eq!(document.text().trim_end(), FIRST);
    assert!(has_note(
        &document,
        "the mail holds its text in plain and as a page; the plain"
    ));
}

#[test]
fn letters_of_a_mail_that_does_not_tell_are_found_out() {
    let mail = [
        b"From: a@b.example\nMIME-Version: 1.0\n\n".as_slice(),
        b"\x93Yes,\x94 he said.",
    ];
    let document = only("a.eml", &mail.concat());
    assert_eq!(document.text(), "“Yes,” he said.");
    assert!(has_note(
        &document,
        "the encoding was taken to be windows-1252"
    ));
    assert!(has_note(&document, "the mail does not name its sender"));
}

#[test]
fn a_mail_without_text_is_told() {
    let mail = b"From: a@b.example\nMIME-Version: 1.0\n\n\n";
    let told = sentence("a.eml", mail, &Options::default());
    assert_eq!(
        told,
        "a.eml: holds no text; leave it out or check how it was saved"
    );
    load("a.eml", b"");
}

fn saved(head: &str) -> String {
    let body = page("A bridge is closed")
        .replace('=', "=3D")
        .replace('“', "=E2=80=9C");
    format!(
        "From: <Saved by Blink>\r\n{head}Subject: The subject\r\n\
         Date: Fri, 5 Mar 2021 09:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=\"--x\"\r\n\r\n\r\n\
         ----x\r\nContent-Type: text/html\r\nContent-ID: <frame-1>\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://a.example/root\r\n\r\n{body}\r\n\
         ----x\r\nContent-Type: text/html\r\nContent-Location: https://a.example/frame\r\n\r\n\
         <p>An advertisement</p>\r\n\
         ----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n\
         ----x--\r\n"
    )
}

#[test]
fn a_saved_page_gives_its_root() {
    let head = "Snapshot-Content-Location: https://a.example/bridge\r\n";
    for name in ["a.mhtml", "a.mht", "stream"] {
        let document = only(name, saved(head).as_bytes());
        assert_eq!(document.url.as_deref(), Some("https://a.example/bridge"));
        assert_eq!(document.title.as_deref(), Some("A bridge is closed"));
        assert!(document.text().contains(FIRST) && document.text().contains(SECOND));
        assert!(!document.text().contains("advertisement"));
        assert_eq!(document.published, None);
        let note = "the page was saved on 2021-03-05, which is not its publication date";
        assert!(has_note(&document, note), "{:?}", document.notes);
        let note = "other pages within the saved page (frames) were not read: 1";
        assert!(has_note(&document, note), "{:?}", document.notes);
    }
    let document = only("a.mhtml", saved("").as_bytes());
    assert_eq!(document.url.as_deref(), Some("https://a.example/root"));
}

#[test]
fn a_saved_page_without_a_page_is_told() {
    let told = sentence(
        "a.mhtml",
        b"MIME-Version: 1.0\n\nWords",
        &Options::default(),
    );
    assert_eq!(
        told,
        "a.mhtml: is no saved page that can be read (none of its parts is a web page); save or \
         fetch it again"
    );
}

#[test]
fn a_page_saved_as_one_file_tells_where_it_was() {
    let picture = "iVBO".repeat(6 * 1024 * 1024);
    let html = page("A bridge is closed").replace(
        "<head>",
        &format!(
            "<!--\n Page saved with SingleFile \n url: https://a.example/bridge \n saved date: Fri \
             Mar 05 2021 09:00:00 GMT+0000\n--><head><link rel=icon \
             href=\"data:image/png;base64,{picture}\">"
        ),
    );
    let document = only("a.html", html.as_bytes());
    assert_eq!(document.url.as_deref(), Some("https://a.example/bridge"));
    assert!(has_note(
        &document,
        "the page was saved with SingleFile on “Fri Mar 05 2021"
    ));
    assert!(document.text().contains(FIRST));
}

#[test]
fn damage_never_ends_the_program() {
    survives_damage("a.eml", LETTER.as_bytes(), &Options::default());
    survives_damage("a.mhtml", saved("").as_bytes(), &Options::default());
    let nested = "Content-Type: message/rfc822\n\n".repeat(5000);
    load("a.eml", nested.as_bytes());
    let unpaired = "Content-Type:multipart;boundary=b\n\n--bContent-Type:message/rfc822\n\nx\n\
                    Content-Type:message/rfc822\n\n\n--b--";
    load("a.eml", unpaired.as_bytes());
    let deep: Vec<String> = (0..3000)
        .map(|at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"))
        .collect();
    load("a.eml", deep.concat().as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_panic(
        lines in prop::collection::vec(prop::sample::select(vec![
            "From: ", "Content-Type: text/html; charset=", "Content-Type: multipart/mixed; boundary=b\n",
            "--b\n", "--b--\n", "\n", "=?utf-8?q?", "Content-Transfer-Encoding: base64\n", "<p>",
            "format=flowed", "Date: ", "Content-Type: message/rfc822\n", "=\n", " ", ";",
        ]), 0..30),
        end in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let bytes = [lines.concat().as_bytes(), &end].concat();
        for name in ["a.eml", "a.mht", "stream"] {
            load(name, &bytes);
        }
    }
}
