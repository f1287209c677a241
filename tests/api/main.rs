//! The edge: HTTP, people, and the opening and closing of sockets, through a real server.

mod browser;
mod commands;
mod joining;
mod refusals;
mod sockets;
mod web;
