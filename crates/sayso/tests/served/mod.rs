//! A case in the browser, served for a test.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::CommandCargoExt as _;
use serde_json::Value;
use tempfile::TempDir;

/// A note of a few sentences, with a denial.
pub const NOTE: &str = "Ferry sank, minister says\n\nThree people died when a ferry sank off Pelm on Monday, \
    Transport Minister Ann Lee said. The Harbour Authority denied that the ferry had sunk. \
    The company said that nobody was on board.\n";
const HOSTILE: &str = "<script>alert(1)</script> \u{202e}gpj.exe\n\n\"<img src=x onerror=alert(2)>\" said \
    <b onmouseover=alert(3)>Mallory</b> of the Office. =HYPERLINK(\"http://evil.example\") he added.\n";

/// A server that ends with the test.
pub struct Served {
    child: Child,
    host: String,
    _folder: TempDir,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer: its status line and headers, and what follows.
pub struct Answer {
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The program.
pub fn sayso() -> Command {
    let mut command = Command::cargo_bin("sayso").unwrap();
    command.env_remove("SAYSO_TOKEN");
    command
}

/// A case of two texts.
pub fn case(folder: &Path) -> std::path::PathBuf {
    for (name, text) in [("note.txt", NOTE), ("hostile.txt", HOSTILE)] {
        fs::write(folder.join(name), text).unwrap();
    }
    let case = folder.join("case.sayso");
    let mut add = sayso();
    add.arg("add").arg("--quiet").arg("--to").arg(&case);
    add.arg(folder.join("note.txt"))
        .arg(folder.join("hostile.txt"));
    assert!(add.status().unwrap().success());
    case
}

impl Served {
    pub fn start(more: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let case = case(folder.path());
        Self::of(folder, &case, more)
    }

    /// Of a case in a folder that goes with it.
    pub fn of(folder: TempDir, case: &Path, more: &[&str]) -> Self {
        let mut child = sayso()
            .arg("serve")
            .arg(case)
            .args(["--port", "0"])
            .args(more)
            .env("SAYSO_TOKEN", "a-token-for-this-test-only")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let host = line.trim().strip_prefix("http://").unwrap();
        let host = host
            .split('/')
            .next()
            .unwrap()
            .replace("0.0.0.0", "127.0.0.1");
        Self {
            child,
            host,
            _folder: folder,
        }
    }

    /// Name and port.
    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn ask(&self, path: &str, headers: &str) -> Answer {
        self.send("GET", path, headers)
    }

    pub fn send(&self, method: &str, path: &str, headers: &str) -> Answer {
        self.send_with(method, path, headers, b"")
    }

    /// Sends a body too; its length is told.
    pub fn send_with(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let host = if headers.contains("Host:") {
            String::new()
        } else {
            format!("Host: {}\r\n", self.host)
        };
        let length = if body.is_empty() {
            String::new()
        } else {
            format!("Content-Length: {}\r\n", body.len())
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\n{host}{headers}{length}Connection: close\r\n\r\n"
        )
        .unwrap();
        stream.write_all(body).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer {
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(path, "")
    }

    pub fn documents(&self) -> Vec<String> {
        let answer = self.get("/search.json?q=show:documents").json();
        let rows = answer["rows"].as_array().unwrap();
        rows.iter()
            .map(|row| row["document"].as_str().unwrap().replace(':', "%3A"))
            .collect()
    }
}
