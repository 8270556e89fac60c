//! Tables of plain text: the first column to the left, figures to the right.
//!
//! Ours and not a library's: those draw for a terminal, wrap cells to its width and colour them, where these are as often
//! piped on or diffed, and must come out the same everywhere. What is left after that is shorter than its settings.

use unicode_width::UnicodeWidthStr;

/// A table with its head, columns two blanks apart.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([head[column].width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            if column == 0 { format!("{cell}{blanks}") } else { format!("{blanks}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    line(&head) + &rows.iter().map(|row| line(row)).collect::<String>()
}

/// Rows as CSV, quoted where they must be.
pub fn csv(head: &[&str], rows: &[Vec<String>]) -> String {
    let cell = |text: &str| {
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let head = line(head.iter().map(|text| cell(text)).collect());
    head + &rows.iter().map(|row| line(row.iter().map(|text| cell(text)).collect())).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_under_each_other_and_commas_are_quoted() {
        let rows = vec![vec!["a, b".to_owned(), "1".to_owned()], vec!["c".to_owned(), "100".to_owned()]];
        assert_eq!(table(&["what", "n"], &rows), "what    n\na, b    1\nc     100\n");
        assert_eq!(csv(&["what", "n"], &rows), "what,n\n\"a, b\",1\nc,100\n");
    }
}
