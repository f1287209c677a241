//! How much memory this process has had.

/// The most it has ever held.
///
/// # Panics
/// Where `/proc` does not tell.
pub fn resident_bytes_max() -> u64 {
    from_status("VmHWM:")
}

/// The most address space it has ever had.
///
/// # Panics
/// Where `/proc` does not tell.
pub fn address_space_bytes_max() -> u64 {
    from_status("VmPeak:")
}

fn from_status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.expect("a number of kilobytes") * 1024
}
