//! Years as people write them: a number, a date, a day's number of a spreadsheet, words, a span, or «pågår».

use super::folded;
use samverk_shared::case::{Status, YEARS};
use samverk_shared::import::DoubtKind;

/// What a cell says of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Time {
    /// The year in which it began, or the only one.
    pub start: Option<i64>,
    /// The year in which it ended.
    pub end: Option<i64>,
    /// How far it has come.
    pub status: Option<Status>,
    /// What is doubtful about this reading; none where it is a year or a date.
    pub doubt: Option<DoubtKind>,
    /// The words say more than the year, and are worth keeping.
    pub says_more: bool,
}

/// Reads a cell; nothing where it says nothing of time.
pub fn time(cell: &str) -> Option<Time> {
    let text = folded(cell);
    let text = text.trim_end_matches(['.', ',']).trim();
    number(text).or_else(|| date(text)).or_else(|| words(text))
}

fn one(year: i64) -> Time {
    Time {
        start: Some(year),
        ..Time::default()
    }
}

/// Days from 30 December 1899, as spreadsheets count them, that are taken for a date: 1954 to 2064.
const SERIALS: std::ops::Range<f64> = 20_000.0..60_000.0;

fn number(text: &str) -> Option<Time> {
    let number: f64 = text.replace(',', ".").parse().ok()?;
    if number.fract() == 0.0 && YEARS.contains(&(number as i64)) {
        return Some(one(number as i64));
    }
    if SERIALS.contains(&number) {
        let year = year_of_serial(number as i64);
        return Some(Time {
            doubt: Some(DoubtKind::DateSerial),
            ..one(year)
        });
    }
    None
}

/// The year of a spreadsheet's day: counted in cycles of four hundred years of the calendar.
fn year_of_serial(serial: i64) -> i64 {
    // 1899-12-30 is 693 899 days after 0000-03-01, on which these years begin.
    let days = serial + 693_899;
    let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_cycle = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    // From March on; January and February belong to the next year.
    cycle * 400 + year_of_cycle + i64::from(day_of_year >= 306)
}

/// «2017-05-01», «12.03.2017», «12/3/17», «2017-05», «05.2017».
fn date(text: &str) -> Option<Time> {
    let day = text.split([' ', 't']).next()?;
    let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
    let numbers: Vec<i64> = parts.iter().map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let rest = &text[day.len()..];
    if !rest
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | ':' | '.' | 't' | 'z' | '+'))
    {
        return None;
    }
    let is_month = |n: i64| (1..=12).contains(&n);
    let is_day = |n: i64| (1..=31).contains(&n);
    let written = Time {
        says_more: true,
        ..Time::default()
    };
    let year = |y: i64| {
        YEARS.contains(&y).then_some(Time {
            start: Some(y),
            ..written
        })
    };
    match (numbers.as_slice(), parts.first().map(|p| p.len())) {
        ([y, m, d], Some(4)) if is_month(*m) && is_day(*d) => year(*y),
        ([d, m, y], _)
            if is_day(*d) && is_day(*m) && (is_month(*m) || is_month(*d)) && parts[2].len() == 4 =>
        {
            year(*y)
        }
        ([d, m, y], _) if is_day(*d) && is_month(*m) && parts[2].len() == 2 => {
            year(century(*y)).map(|t| Time {
                doubt: Some(DoubtKind::TwoDigitYear),
                ..t
            })
        }
        ([m, y], _) if is_month(*m) && parts[1].len() == 4 => year(*y),
        ([y, m], Some(4))
            if is_month(*m)
                && parts[1].len() == 2
                && day.contains(['-', '.'])
                && *m > 0
                && *y % 100 >= *m =>
        {
            year(*y)
        }
        _ => None,
    }
}

/// The year of two digits, of this century or, from 70 on, of the last.
fn century(two_digits: i64) -> i64 {
    if two_digits < 70 {
        2_000 + two_digits
    } else {
        1_900 + two_digits
    }
}

/// Words that say that it goes on.
const GOES_ON: [&str; 20] = [
    "pågår",
    "pågående",
    "pågåande",
    "løpende",
    "løpande",
    "fortsatt",
    "framleis",
    "ongoing",
    "d.d",
    "dd",
    "dags dato",
    "i dag",
    "nå",
    "no",
    "present",
    "today",
    "now",
    "current",
    "i gang",
    "permanent",
];
const SINCE: [&str; 6] = ["siden", "sidan", "since", "fra", "frå", "from"];
const UNTIL: [&str; 5] = ["til", "until", "to", "tom", "t.o.m"];
const PLANNED: [&str; 6] = [
    "planlagt",
    "planlegges",
    "planned",
    "forventet",
    "expected",
    "starter",
];
const ENDED: [&str; 6] = ["avsluttet", "avslutta", "ended", "nedlagt", "ferdig", "lagt ned"];
const SEASONS: [&str; 36] = [
    "våren", "vår", "sommeren", "sommaren", "sommer", "høsten", "hausten", "høst", "haust", "vinteren",
    "vinter", "spring", "summer", "autumn", "fall", "winter", "jan", "januar", "feb", "februar", "mar",
    "mars", "apr", "april", "mai", "juni", "juli", "aug", "august", "sep", "sept", "okt", "nov", "des", "v",
    "h",
];

fn words(text: &str) -> Option<Time> {
    let text = text.replace(['—', '−', '‐'], "–");
    let tokens: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.')))
        .map(|token| token.trim_matches('.'))
        .filter(|token| !token.is_empty())
        .collect();
    let says = |list: &[&str]| {
        list.iter().any(|w| {
            if w.contains(' ') {
                text.contains(w)
            } else {
                tokens.contains(w)
            }
        })
    };
    let goes_on = says(&GOES_ON);
    let spans = text.contains(['–', '-', '/']) || tokens.iter().any(|t| UNTIL.contains(t));
    let years = years(&text, &tokens, spans);
    let doubtful = |doubt| Time {
        doubt: Some(doubt),
        says_more: true,
        ..Time::default()
    };
    match years.as_slice() {
        [] if goes_on => Some(Time {
            status: Some(Status::Ongoing),
            ..doubtful(DoubtKind::StatusFromYear)
        }),
        [] if says(&PLANNED) => Some(Time {
            status: Some(Status::Planned),
            ..doubtful(DoubtKind::StatusFromYear)
        }),
        [] if says(&ENDED) => Some(Time {
            status: Some(Status::Ended),
            ..doubtful(DoubtKind::StatusFromYear)
        }),
        [] => None,
        [(year, short)] => Some(one_year(*year, *short, &text, goes_on, &says)),
        [(start, _), (end, _)] if spans && start <= end => {
            let status = goes_on.then_some(Status::Ongoing);
            Some(Time {
                start: Some(*start),
                end: Some(*end),
                status,
                ..doubtful(DoubtKind::YearRange)
            })
        }
        _ => None,
    }
}

fn one_year(year: i64, short: bool, text: &str, goes_on: bool, says: &dyn Fn(&[&str]) -> bool) -> Time {
    let kind = if short {
        DoubtKind::TwoDigitYear
    } else {
        DoubtKind::YearInWords
    };
    let base = Time {
        doubt: Some(kind),
        says_more: true,
        ..Time::default()
    };
    let starts = Time {
        start: Some(year),
        ..base
    };
    let open_end = text.trim_end().ends_with(['–', '-']) || text.trim_end().ends_with("…");
    let open_start = text.trim_start().starts_with(['–', '-']);
    if says(&PLANNED) {
        Time {
            status: Some(Status::Planned),
            ..starts
        }
    } else if goes_on || open_end || says(&SINCE[..3]) {
        Time {
            status: Some(Status::Ongoing),
            ..starts
        }
    } else if says(&ENDED) {
        Time {
            end: Some(year),
            status: Some(Status::Ended),
            ..base
        }
    } else if open_start || says(&UNTIL) {
        Time {
            end: Some(year),
            ..base
        }
    } else {
        starts
    }
}

/// The years in words: of four digits, of two after the year of a span («2013–16») or a season («våren 17»).
fn years(text: &str, tokens: &[&str], spans: bool) -> Vec<(i64, bool)> {
    let mut found: Vec<(i64, bool)> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let digits: String = token.chars().filter(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse::<i64>() else {
            continue;
        };
        let all_digits = digits.len() == token.len();
        let before = place.checked_sub(1).map(|p| tokens[p]).unwrap_or_default();
        if digits.len() == 4 && YEARS.contains(&number) && (all_digits || is_year_word(token, &digits)) {
            found.push((number, false));
        } else if digits.len() == 2
            && all_digits
            && spans
            && found.len() == 1
            && text.contains(&format!("{}", found[0].0))
        {
            let year = found[0].0 / 100 * 100 + number;
            if year >= found[0].0 && SEASONS.iter().all(|s| *s != before) {
                found.push((year, false));
            }
        } else if digits.len() == 2 && (SEASONS.contains(&before) || text.contains(&format!("'{digits}"))) {
            found.push((century(number), true));
        } else if digits.len() == 2
            && !all_digits
            && SEASONS.contains(&token.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
        {
            // «mar.17», «h17».
            found.push((century(number), true));
        }
    }
    found.dedup();
    found
}

/// «h2017», «mars.2018», «12.03.2017», «2000-tallet» has been cut before.
fn is_year_word(token: &str, digits: &str) -> bool {
    token.ends_with(digits) || token.starts_with(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> (Option<i64>, Option<i64>, Option<Status>) {
        time(cell).map(|t| (t.start, t.end, t.status)).unwrap_or_default()
    }

    #[test]
    fn r32_years_are_read_as_people_write_them() {
        use Status::{Ended, Ongoing, Planned};
        for (cell, expected) in [
            ("2017", (Some(2017), None, None)),
            ("2017.0", (Some(2017), None, None)),
            ("høsten 2017", (Some(2017), None, None)),
            ("mars 2018", (Some(2018), None, None)),
            ("mar.18", (Some(2018), None, None)),
            ("ca. 2015", (Some(2015), None, None)),
            ("2017-05-01", (Some(2017), None, None)),
            ("2017-05-01 12:30:00", (Some(2017), None, None)),
            ("12.03.2017", (Some(2017), None, None)),
            ("3/14/2017", (Some(2017), None, None)),
            ("12.03.17", (Some(2017), None, None)),
            ("43101", (Some(2018), None, None)),
            ("43100", (Some(2017), None, None)),
            ("2015–2018", (Some(2015), Some(2018), None)),
            ("2015 - 2018", (Some(2015), Some(2018), None)),
            ("2013-16", (Some(2013), Some(2016), None)),
            ("2017/2018", (Some(2017), Some(2018), None)),
            ("mars 2015 til juni 2018", (Some(2015), Some(2018), None)),
            ("siden 2015", (Some(2015), None, Some(Ongoing))),
            ("2015–", (Some(2015), None, Some(Ongoing))),
            ("2015–pågår", (Some(2015), None, Some(Ongoing))),
            ("2015 – d.d.", (Some(2015), None, Some(Ongoing))),
            ("til 2018", (None, Some(2018), None)),
            ("–2018", (None, Some(2018), None)),
            ("pågår", (None, None, Some(Ongoing))),
            ("planlagt 2027", (Some(2027), None, Some(Planned))),
            ("avsluttet 2019", (None, Some(2019), Some(Ended))),
            ("tidlig på 2000-tallet, ca. 12345", (Some(2000), None, None)),
            ("snart", (None, None, None)),
            ("2018–2015", (None, None, None)),
            ("2015, 2016 og 2019", (None, None, None)),
        ] {
            assert_eq!(read(cell), expected, "{cell}");
        }
    }

    #[test]
    fn r32_only_a_year_and_a_whole_date_are_beyond_doubt() {
        for sure in ["2017", "2017-05-01", "12.03.2017"] {
            assert_eq!(time(sure).unwrap().doubt, None, "{sure}");
        }
        for doubtful in [
            "høsten 2017",
            "43101",
            "12.03.17",
            "2015–2018",
            "siden 2015",
            "pågår",
        ] {
            assert!(time(doubtful).unwrap().doubt.is_some(), "{doubtful}");
        }
    }
}
