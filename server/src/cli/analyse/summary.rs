//! The figures for people: what stands out, with how many cases it rests on.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Prints a summary of the figures.
pub fn print(figures: &Value, out: &mut dyn Write) -> io::Result<()> {
    about(figures, out)?;
    variety(figures, out)?;
    selection(figures, out)?;
    groups(figures, out)?;
    models(figures, out)?;
    field(figures, out)?;
    writeln!(
        out,
        "\nCoding is judgement, and a blank means that nobody was sure. The figures are a start for talk, not a result."
    )
}

fn about(figures: &Value, out: &mut dyn Write) -> io::Result<()> {
    let about = &figures["about"];
    writeln!(
        out,
        "{} cases by {} characteristics (set version {}): {} codings, {} blanks, equal weights, seed {}",
        figures["n"],
        list(&figures["features"]).len(),
        about["characteristics_version"],
        about["codings"],
        about["blanks"],
        about["seed"]
    )?;
    let left_out = words(&about["imagined_left_out"]);
    if left_out.is_empty() {
        Ok(())
    } else {
        writeln!(out, "Imagined, and left out of everything: {left_out}")
    }
}

fn variety(figures: &Value, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nVariety")?;
    for (key, c) in object(&figures["coverage"]) {
        let missing = words(&c["missing_values"]);
        let missing = if missing.is_empty() {
            String::new()
        } else {
            format!("  no case has: {missing}")
        };
        writeln!(
            out,
            "  {key:<18} n {:>4}  values covered {:>5}  evenness {:>5}{missing}",
            c["n_coded"],
            decimals(&c["value_coverage"], 2),
            decimals(&c["evenness"], 3)
        )?;
    }
    let pairs = &figures["pairwise_coverage"];
    writeln!(
        out,
        "  Pairs of values seen together: {} of {} ({})",
        pairs["observed"],
        pairs["possible"],
        decimals(&pairs["share"], 3)
    )?;
    for (mix, row) in object(&figures["actor_mix"]) {
        writeln!(out, "  {mix:<34} {:>4} cases", row["n"])?;
    }
    let saturation = &figures["saturation"];
    if saturation.is_null() {
        return Ok(());
    }
    writeln!(
        out,
        "  Saturation on {}: {} combinations in {} cases, about {} expected; the next case shows a known one with a \
         chance of {}",
        words(&saturation["parameters"]),
        saturation["s_obs"],
        saturation["n"],
        decimals(&saturation["chao1"], 1),
        decimals(&saturation["sample_coverage"], 2)
    )
}

fn selection(figures: &Value, out: &mut dyn Write) -> io::Result<()> {
    let chosen = &figures["selection_greedy_20"];
    writeln!(
        out,
        "\nSelection that keeps variety, of {} eligible cases\n  {}\n  shows {} pairs of values; as many cases by lot \
         show {} on average (2000 draws)",
        chosen["eligible"],
        words(&chosen["order"]),
        chosen["pairs_covered"],
        chosen["random_20_mean"]
    )
}

fn groups(figures: &Value, out: &mut dyn Write) -> io::Result<()> {
    let k = &figures["about"]["groups"];
    writeln!(
        out,
        "\nLikeness: distances from {} to {}, mean {}",
        decimals(&figures["gower_min"], 3),
        decimals(&figures["gower_max"], 3),
        decimals(&figures["gower_mean"], 3)
    )?;
    let apart = words(&figures["cannot_be_compared"]);
    if !apart.is_empty() {
        writeln!(
            out,
            "  Share no coding with anybody, and are in no group: {apart}"
        )?;
    }
    let mut curve: Vec<(usize, &Value)> = object(&figures["average_linkage"])
        .filter_map(|(k, point)| Some((k.parse().ok()?, point)))
        .collect();
    curve.sort_by_key(|(k, _)| *k);
    for (k, point) in curve {
        let (mean, reading) = (decimals(&point["mean_silhouette"], 3), words(&point["reading"]));
        writeln!(
            out,
            "  {k:>3} groups: mean silhouette {mean} ({})",
            reading.replace('-', " ")
        )?;
    }
    let looked_into = &figures[format!("groups_k{k}")];
    for (number, cluster) in list(&looked_into["clusters"]).iter().enumerate() {
        writeln!(
            out,
            "  Group {}: {}; central {}, stability {}",
            number + 1,
            words(cluster),
            words(&looked_into["central"][number]),
            decimals(&looked_into["stability"][number], 2)
        )?;
    }
    for case in list(&looked_into["borderline"]) {
        writeln!(
            out,
            "  {} sits in group {} and might as well be in {} (silhouette {})",
            words(&case["case"]),
            case["group"],
            case["nearest_other_group"],
            decimals(&case["silhouette"], 3)
        )?;
    }
    hinges(&looked_into["hinges"], out)?;
    let mut dividing: Vec<_> = object(&figures[format!("uncertainty_coefficient_k{k}")]).collect();
    dividing.sort_by(|a, b| {
        b.1.as_f64()
            .unwrap_or(0.0)
            .total_cmp(&a.1.as_f64().unwrap_or(0.0))
    });
    let dividing: Vec<String> = dividing
        .iter()
        .map(|(key, u)| format!("{key} {}", decimals(u, 2)))
        .collect();
    writeln!(out, "  What divides the groups: {}", dividing.join(", "))
}

/// The codings each case hangs on; all ways in which one may change are one coding.
fn hinges(hinges: &Value, out: &mut dyn Write) -> io::Result<()> {
    if hinges.is_null() {
        return writeln!(
            out,
            "  Codings that keep a case in its group: not looked into for so many cases"
        );
    }
    let mut by_case: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for hinge in list(hinges) {
        by_case
            .entry(words(&hinge["case"]))
            .or_default()
            .insert(words(&hinge["characteristic"]));
    }
    writeln!(
        out,
        "  If one of these codings changes, the case may move to another group:"
    )?;
    for (case, codings) in by_case {
        writeln!(
            out,
            "    {case}: {}",
            codings.into_iter().collect::<Vec<_>>().join(", ")
        )?;
    }
    Ok(())
}

fn models(figures: &Value, out: &mut dyn Write) -> io::Result<()> {
    for (name, model) in object(&figures["balance"]) {
        writeln!(
            out,
            "\n{name} ({}): {} distinctive values; models of as many cases by lot have {}",
            words(&model["cases"]),
            model["distinctive"],
            decimals(&model["distinctive_by_chance"], 1)
        )?;
        for row in list(&model["rows"]) {
            writeln!(
                out,
                "  {:<16} {:<40} {}/{} in, {}/{} out, lift {}",
                words(&row["cls"]).replace('_', " "),
                format!("{}={}", words(&row["characteristic"]), words(&row["value"])),
                row["a"],
                row["n_in"],
                row["b"],
                row["n_out"],
                decimals(&row["lift"], 2)
            )?;
        }
        let breadth = &figures["breadth"][name];
        writeln!(
            out,
            "  breadth: sectors {}, levels {}, countries {}",
            decimals(&breadth["sector"], 2),
            decimals(&breadth["level"], 2),
            decimals(&breadth["country"], 2)
        )?;
    }
    Ok(())
}

fn field(figures: &Value, out: &mut dyn Write) -> io::Result<()> {
    let field = &figures["morphology"];
    if field.is_null() {
        return Ok(());
    }
    writeln!(
        out,
        "\nField of {} ({} judgement)\n  {} configurations, {} consistent, {} occupied, {} unexplored, of which {} near",
        words(&field["parameters"]),
        words(&figures["about"]["field"]),
        field["total"],
        field["consistent"],
        field["occupied_distinct"],
        field["unexplored_consistent"],
        field["unexplored_all_pairs_observed"]
    )?;
    for case in list(&field["cases_violating_matrix"]) {
        writeln!(
            out,
            "  {} breaks the judgement: {}",
            words(&case["id"]),
            words(&case["pairs"])
        )?;
    }
    Ok(())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn object(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flat_map(Map::iter)
        .map(|(key, value)| (key.as_str(), value))
}

/// A text, or the texts of a list.
fn words(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => list(value)
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn decimals(value: &Value, digits: usize) -> String {
    value
        .as_f64()
        .map_or("–".to_owned(), |number| format!("{number:.digits$}"))
}
