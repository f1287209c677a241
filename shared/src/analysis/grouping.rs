//! A division of cases into groups, however it was made.

/// Which group each case is in. Groups are numbered from 0, by their first case in the list unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grouping {
    /// The group of each case.
    pub labels: Vec<usize>,
    /// How many groups.
    pub groups: usize,
}

impl Grouping {
    /// Cases with the same label belong together, whatever the label.
    pub fn from_labels(labels: &[usize]) -> Self {
        let mut names: Vec<usize> = Vec::new();
        let mut number: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        for &label in labels {
            number.entry(label).or_insert_with(|| {
                names.push(label);
                names.len() - 1
            });
        }
        Grouping {
            labels: labels.iter().map(|label| number[label]).collect(),
            groups: names.len(),
        }
    }

    /// The same groups, numbered by their size, the largest first; of one size by their first case.
    pub fn largest_first(&self) -> Self {
        let sizes = self.sizes();
        let mut order: Vec<usize> = (0..self.groups).collect();
        order.sort_by_key(|&group| std::cmp::Reverse(sizes[group]));
        let mut number = vec![0; self.groups];
        for (place, group) in order.into_iter().enumerate() {
            number[group] = place;
        }
        Grouping {
            labels: self.labels.iter().map(|&label| number[label]).collect(),
            groups: self.groups,
        }
    }

    /// The cases of each group, in the order of the list.
    pub fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.groups];
        for (case, &group) in self.labels.iter().enumerate() {
            members[group].push(case);
        }
        members
    }

    /// Cases in each group.
    pub fn sizes(&self) -> Vec<usize> {
        self.members().iter().map(Vec::len).collect()
    }
}
