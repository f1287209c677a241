//! How a connection ends, in the words of WebSocket's close codes.

/// Why a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub code: u16,
    pub reason: &'static str,
}

impl End {
    pub const GONE: End = End {
        code: 1000,
        reason: "",
    };
    pub const SILENT: End = End {
        code: 1001,
        reason: "nothing was heard",
    };
    pub const PROTOCOL: End = End {
        code: 1002,
        reason: "not a frame of the protocol",
    };
    pub const NO_JOIN: End = End {
        code: 1002,
        reason: "the first frame has to be join",
    };
    pub const VERSION: End = End {
        code: 1002,
        reason: "only protocol version 1 is spoken",
    };
    pub const NOT_YOU: End = End {
        code: 1008,
        reason: "the peer id belongs to somebody else",
    };
    pub const SESSION_OVER: End = End {
        code: 1008,
        reason: "the session is over",
    };
    pub const TOO_LONG: End = End {
        code: 1009,
        reason: "the frame is too long",
    };
    pub const SLOW: End = End {
        code: 1013,
        reason: "too slow to take what is sent",
    };

    /// Whether the client broke a rule.
    pub fn is_refusal(self) -> bool {
        matches!(self.code, 1002 | 1008 | 1009)
    }
}
