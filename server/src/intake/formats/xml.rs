//! A part of an archive as a stream of elements and words: bounded in depth, with no document type, so that no
//! entity of the file's own is ever looked up.

use super::super::IntakeError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use samverk_shared::limits::XML_DEPTH_MAX;

/// What comes next.
pub enum Node {
    /// An element begins; one without content ends at once.
    Open(Element),
    /// The element of this name ends.
    Close(String),
    /// Words.
    Words(String),
}

/// An element, by its name without prefix.
pub struct Element {
    /// Without prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The attribute of this name, its prefix included.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// An attribute that is a count, 1 where it is missing.
    pub fn count(&self, name: &str) -> u64 {
        self.get(name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
    }
}

/// A stream of nodes.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// The nodes of this text.
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, depth: 0 }
    }

    /// The next node, or nothing at the end.
    pub fn next(&mut self) -> Result<Option<Node>, IntakeError> {
        loop {
            return Ok(Some(match self.reader.read_event().map_err(unreadable)? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > XML_DEPTH_MAX {
                        return Err(IntakeError::TooDeep);
                    }
                    Node::Open(element(&start)?)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Node::Words(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Words(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Node::Words(match reference.resolve_char_ref() {
                    Ok(Some(letter)) => letter.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(&reference)
                        .unwrap_or_default()
                        .to_owned(),
                }),
                Event::DocType(_) => return Err(IntakeError::DocumentType),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, IntakeError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(unreadable)?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(unreadable)?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element {
        name: start.local_name().as_ref().to_owned(),
        attributes,
    })
}

fn unreadable(error: impl std::fmt::Display) -> IntakeError {
    IntakeError::Workbook(error.to_string())
}
