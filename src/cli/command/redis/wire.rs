//! One connection, with every byte that goes over it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use redis_protocol::resp2::decode::decode;
use redis_protocol::resp2::encode::encode;
use redis_protocol::resp2::types::{OwnedFrame, Resp2Frame};

use super::server::Node;
use super::{Exchange, Trouble, look};

/// How long a server may take for one command.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longer text is cut where it is shown.
const SHOWN: usize = 240;

/// A client of one node.
pub(super) struct Client {
    node: &'static str,
    port: u16,
    stream: TcpStream,
}

/// A reply, and the bytes it was.
pub(super) struct Reply {
    pub(super) frame: OwnedFrame,
    sent: Vec<u8>,
    received: Vec<u8>,
}

impl Client {
    pub(super) fn connect(node: &Node) -> Result<Client, Trouble> {
        Client::to(node.name, node.port)
    }

    /// Another connection to the same node.
    pub(super) fn again(&self) -> Result<Client, Trouble> {
        Client::to(self.node, self.port)
    }

    fn to(node: &'static str, port: u16) -> Result<Client, Trouble> {
        let connect = || {
            let stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            stream.set_nodelay(true)?;
            Ok(stream)
        };
        let stream = connect().map_err(|error: std::io::Error| gone(node, port, error))?;
        Ok(Client { node, port, stream })
    }

    /// Sends a command and waits for the reply.
    pub(super) fn ask(&mut self, command: &[&str]) -> Result<Reply, Trouble> {
        look()?;
        let words = command.iter().map(|word| OwnedFrame::BulkString(word.as_bytes().to_vec()));
        let frame = OwnedFrame::Array(words.collect());
        let mut sent = vec![0; frame.encode_len(false)];
        let trouble = |error: &dyn std::fmt::Display| gone(self.node, self.port, error);
        encode(&mut sent, &frame, false).map_err(|error| trouble(&error))?;
        self.stream.write_all(&sent).map_err(|error| trouble(&error))?;
        let mut received = Vec::new();
        loop {
            if let Some((frame, _)) = decode(&received).map_err(|error| trouble(&error))? {
                return Ok(Reply { frame, sent, received });
            }
            let mut some = [0; 4096];
            match self.stream.read(&mut some) {
                Ok(0) => return Err(trouble(&"it closed the connection")),
                Ok(count) => received.extend_from_slice(&some[..count]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {
                    look()?;
                }
                Err(error) => return Err(trouble(&error)),
            }
        }
    }

    /// The reply as text.
    pub(super) fn text(&mut self, command: &[&str]) -> Result<String, Trouble> {
        Ok(self.ask(command)?.text())
    }

    /// A command for the story, whose reply must begin so.
    pub(super) fn tell(&mut self, command: &[&str], expected: &str) -> Result<Exchange, Trouble> {
        let reply = self.ask(command)?;
        Ok(Exchange {
            node: self.node,
            command: command.join(" "),
            sent: shown(&reply.sent),
            reply: shown(&reply.received),
            expected: reply.text().starts_with(expected),
        })
    }
}

impl Reply {
    /// The reply as text; nothing is `(nil)`.
    pub(super) fn text(&self) -> String {
        match &self.frame {
            OwnedFrame::SimpleString(bytes) | OwnedFrame::BulkString(bytes) => {
                String::from_utf8_lossy(bytes).into_owned()
            }
            OwnedFrame::Error(text) => text.clone(),
            OwnedFrame::Integer(number) => number.to_string(),
            OwnedFrame::Null => "(nil)".to_string(),
            OwnedFrame::Array(frames) => format!("({} replies)", frames.len()),
        }
    }
}

fn gone(node: &str, port: u16, why: impl std::fmt::Display) -> Trouble {
    Trouble::Missing(format!("the {node} (redis-server on port {port}) has gone: {why}"))
}

/// Bytes as Rust would write them, cut where they are long.
fn shown(bytes: &[u8]) -> String {
    let text = bytes.escape_ascii().to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}... ({} bytes)", &text[..end], bytes.len()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_shown_as_they_are() {
        assert_eq!(shown(b"-ASK 1 x:2\r\n"), "-ASK 1 x:2\\r\\n");
        assert_eq!(shown(&[b'a'; 300]), format!("{}... (300 bytes)", "a".repeat(240)));
    }
}
