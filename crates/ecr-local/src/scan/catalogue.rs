//! Well-known vulnerabilities of container images, from their public CVE entries.

use super::Severity::{self, Critical, High, Informational, Low, Medium, Undefined};

/// One entry: a vulnerability in one version of one package.
pub(super) struct Vulnerability {
    pub(super) name: &'static str,
    pub(super) package: &'static str,
    pub(super) version: &'static str,
    pub(super) fixed_in: &'static str,
    pub(super) severity: Severity,
    pub(super) score: &'static str,
    pub(super) what: &'static str,
}

const fn entry(
    name: &'static str,
    (package, version, fixed_in): (&'static str, &'static str, &'static str),
    (severity, score): (Severity, &'static str),
    what: &'static str,
) -> Vulnerability {
    Vulnerability {
        name,
        package,
        version,
        fixed_in,
        severity,
        score,
        what,
    }
}

pub(super) const CATALOGUE: &[Vulnerability] = &[
    entry(
        "CVE-2021-44228",
        ("log4j-core", "2.14.1", "2.15.0"),
        (Critical, "10.0"),
        "Remote code execution by a logged lookup",
    ),
    entry(
        "CVE-2024-3094",
        ("xz-utils", "5.6.0", "5.6.2"),
        (Critical, "10.0"),
        "A backdoor in the release archive",
    ),
    entry(
        "CVE-2023-38545",
        ("curl", "8.3.0", "8.4.0"),
        (Critical, "9.8"),
        "Heap overflow in the SOCKS5 handshake",
    ),
    entry(
        "CVE-2022-37434",
        ("zlib", "1.2.12", "1.2.13"),
        (Critical, "9.8"),
        "Heap overflow on a large gzip header field",
    ),
    entry(
        "CVE-2022-0778",
        ("openssl", "1.1.1k", "1.1.1n"),
        (High, "7.5"),
        "Endless loop on a crafted certificate",
    ),
    entry(
        "CVE-2022-3602",
        ("openssl", "3.0.5", "3.0.7"),
        (High, "7.5"),
        "Buffer overrun while checking a certificate's name",
    ),
    entry(
        "CVE-2023-44487",
        ("nghttp2", "1.52.0", "1.57.0"),
        (High, "7.5"),
        "Denial of service by rapidly reset streams",
    ),
    entry(
        "CVE-2023-4911",
        ("glibc", "2.36", "2.36-9+deb12u3"),
        (High, "7.8"),
        "Buffer overflow while reading a tunables variable",
    ),
    entry(
        "CVE-2024-6387",
        ("openssh", "9.2p1", "9.2p1-2+deb12u3"),
        (High, "8.1"),
        "A race in the server's signal handler",
    ),
    entry(
        "CVE-2023-52425",
        ("expat", "2.5.0", "2.6.0"),
        (High, "7.5"),
        "Denial of service by large tokens",
    ),
    entry(
        "CVE-2022-40674",
        ("expat", "2.4.8", "2.4.9"),
        (High, "8.1"),
        "Use after free in the parser",
    ),
    entry(
        "CVE-2023-39325",
        ("golang.org/x/net", "0.15.0", "0.17.0"),
        (High, "7.5"),
        "Too much work for reset HTTP/2 streams",
    ),
    entry(
        "CVE-2024-2961",
        ("glibc", "2.36", "2.36-9+deb12u6"),
        (High, "7.3"),
        "Buffer overflow in the conversion to ISO-2022-CN-EXT",
    ),
    entry(
        "CVE-2021-3449",
        ("openssl", "1.1.1j", "1.1.1k"),
        (Medium, "5.9"),
        "Crash by a crafted renegotiation",
    ),
    entry(
        "CVE-2023-5363",
        ("openssl", "3.0.11", "3.0.12"),
        (Medium, "5.3"),
        "Wrong key length for some ciphers",
    ),
    entry(
        "CVE-2023-0286",
        ("openssl", "1.1.1s", "1.1.1t"),
        (Medium, "6.5"),
        "Type confusion in a certificate's address",
    ),
    entry(
        "CVE-2023-27536",
        ("curl", "7.88.1", "8.0.0"),
        (Medium, "5.9"),
        "A connection reused with other credentials",
    ),
    entry(
        "CVE-2023-48795",
        ("openssh", "9.4p1", "9.6p1"),
        (Medium, "5.9"),
        "Messages cut from the start of a session",
    ),
    entry(
        "CVE-2022-48303",
        ("tar", "1.34", "1.34+dfsg-1.3"),
        (Medium, "5.5"),
        "Reading past the end of a header",
    ),
    entry(
        "CVE-2023-29491",
        ("ncurses", "6.3", "6.4"),
        (Medium, "5.5"),
        "Memory corruption by a terminal description",
    ),
    entry(
        "CVE-2024-28757",
        ("expat", "2.6.0", "2.6.2"),
        (Medium, "5.0"),
        "Entity expansion through external parsers",
    ),
    entry(
        "CVE-2023-45853",
        ("zlib", "1.2.13", "1.3.1"),
        (Medium, "6.8"),
        "Integer overflow in MiniZip",
    ),
    entry(
        "CVE-2016-2781",
        ("coreutils", "8.32", "9.5"),
        (Low, "3.3"),
        "Escape from a chroot by a terminal's input queue",
    ),
    entry(
        "CVE-2022-27943",
        ("gcc-12", "12.2.0", "13.1.0"),
        (Low, "3.3"),
        "Stack exhaustion in the demangler",
    ),
    entry(
        "CVE-2023-4016",
        ("procps", "4.0.2", "4.0.4"),
        (Low, "3.3"),
        "Heap overflow in ps on a long list",
    ),
    entry(
        "CVE-2023-29383",
        ("shadow", "4.13", "4.13+dfsg1-2"),
        (Low, "3.3"),
        "Control characters in chfn",
    ),
    entry(
        "CVE-2011-3374",
        ("apt", "2.6.1", "2.7.0"),
        (Informational, "3.7"),
        "Key checks of a tool that nobody uses now",
    ),
    entry(
        "CVE-2010-4756",
        ("glibc", "2.36", "2.39"),
        (Informational, "4.0"),
        "Resource use by glob expressions",
    ),
    entry(
        "CVE-2019-9192",
        ("glibc", "2.36", "2.39"),
        (Informational, "7.5"),
        "Recursion in regular expressions",
    ),
    entry(
        "CVE-2022-3219",
        ("gnupg2", "2.2.40", "2.4.0"),
        (Undefined, "3.3"),
        "Slow parsing of a crafted signature",
    ),
    entry(
        "CVE-2023-31484",
        ("perl", "5.36.0", "5.38.0"),
        (Undefined, "8.1"),
        "Downloads without checking the certificate",
    ),
];
