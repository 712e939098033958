//! Takes lines and words out of failing rules until none can be spared.

/// Rule files, each a path and its text.
pub(super) type Files = Vec<(String, String)>;

/// The smallest rules found that still fail: whole items go first, then single lines with what is
/// indented below them.
pub(super) fn shrunk(files: &Files, fails: &dyn Fn(&Files) -> bool) -> Files {
    let mut smallest = files.clone();
    for depth in [0, 4, 8, 12, 0, 4] {
        let mut place = 0;
        while place < n_lines(&smallest) {
            let smaller = without(&smallest, place, depth);
            match smaller.filter(|smaller| fails(smaller)) {
                Some(smaller) => smallest = smaller,
                None => place += 1,
            }
        }
    }
    shortened(smallest, fails)
}

/// The same rules with words taken out of their lines, many at a time and then fewer.
fn shortened(mut smallest: Files, fails: &dyn Fn(&Files) -> bool) -> Files {
    for width in [24, 16, 12, 8, 6, 4, 3, 2, 1] {
        for file in 0..smallest.len() {
            let mut place = 0;
            while let Some(shorter) = without_words(&smallest, file, place, width) {
                if fails(&shorter) {
                    smallest = shorter;
                } else {
                    place += 1;
                }
            }
        }
    }
    smallest
}

/// The files without so many words from a place on; `None` where a file ends before.
fn without_words(files: &Files, file: usize, place: usize, width: usize) -> Option<Files> {
    let mut shorter = files.clone();
    let (_, text) = shorter.get_mut(file)?;
    let pieces: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    if place + width > pieces.len() {
        return None;
    }
    let (kept, rest) = pieces.split_at(place);
    let rest = rest.get(width..).unwrap_or_default();
    *text = [kept.concat(), rest.concat()].concat();
    Some(shorter)
}

fn n_lines(files: &Files) -> usize {
    files.iter().map(|(_, text)| text.lines().count()).sum()
}

/// The files without the line at a place and all that is indented deeper below it, if that line
/// is indented so deep itself.
fn without(files: &Files, place: usize, depth: usize) -> Option<Files> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut left = place;
    let mut smaller = files.clone();
    for (_, text) in &mut smaller {
        let lines: Vec<&str> = text.lines().collect();
        let Some(line) = lines.get(left) else {
            left -= lines.len();
            continue;
        };
        if line.is_empty() || indent(line) != depth {
            return None;
        }
        let below = lines
            .iter()
            .skip(left + 1)
            .take_while(|line| !line.is_empty() && indent(line) > depth)
            .count();
        let kept = lines.iter().enumerate().filter(|(at, _)| *at < left || *at > left + below);
        *text = kept.map(|(_, line)| format!("{line}\n")).collect();
        return Some(smaller);
    }
    None
}
