//! Heat maps: coloured by the gain of the boss at once, each cell told in words.

use super::svg::{self, Anchor, INK, QUIET};

/// One cell; its lines from above.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// What it is coloured by; `None` where there are too few cases to say.
    pub gain: Option<f64>,
    /// The first line, in bold.
    pub head: String,
    /// The lines under it, small.
    pub lines: Vec<String>,
}

/// A map of tiles, the first row at the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    /// What it shows.
    pub title: String,
    /// What to know to read it; lines.
    pub notes: Vec<String>,
    /// What rows stand for, and each in words.
    pub rows: (String, Vec<String>),
    /// What columns stand for, and each in words.
    pub columns: (String, Vec<String>),
    /// The tiles, row by row.
    pub tiles: Vec<Vec<Tile>>,
    /// The gain at which the colour is full.
    pub full: f64,
}

const LEFT: f64 = 92.0;
const TILE: [f64; 2] = [118.0, 66.0];

impl HeatMap {
    /// The picture.
    pub fn svg(&self) -> String {
        let (rows, columns) = (self.rows.1.len() as f64, self.columns.1.len() as f64);
        let top = 60.0 + 18.0 * self.notes.len() as f64;
        let bottom = top + rows * TILE[1];
        let width = LEFT + columns * TILE[0] + 16.0;
        let mut body = svg::text(16.0, 26.0, Anchor::Start, &svg::bold(INK), &self.title);
        for (index, note) in self.notes.iter().enumerate() {
            body += &svg::text(16.0, 46.0 + 18.0 * index as f64, Anchor::Start, &svg::small(QUIET), note);
        }
        body += &svg::text(16.0, top - 12.0, Anchor::Start, &svg::ink(INK), &format!("↑ {}", self.rows.0));
        for (index, name) in self.rows.1.iter().enumerate() {
            let y = bottom - (index as f64 + 0.5) * TILE[1] + 4.0;
            body += &svg::text(LEFT - 8.0, y, Anchor::End, &svg::small(INK), name);
        }
        for (index, name) in self.columns.1.iter().enumerate() {
            let x = LEFT + (index as f64 + 0.5) * TILE[0];
            body += &svg::text(x, bottom + 18.0, Anchor::Middle, &svg::small(INK), name);
        }
        let caption = format!("{} →", self.columns.0);
        body += &svg::text(width - 16.0, bottom + 40.0, Anchor::End, &svg::ink(INK), &caption);
        for (row, tiles) in self.tiles.iter().enumerate() {
            for (column, tile) in tiles.iter().enumerate() {
                let (x, y) = (LEFT + column as f64 * TILE[0], bottom - (row as f64 + 1.0) * TILE[1]);
                body += &self.tile(tile, x, y);
            }
        }
        svg::picture(width, bottom + 54.0, &self.title, &self.told(), &body)
    }

    fn tile(&self, tile: &Tile, x: f64, y: f64) -> String {
        let depth = tile.gain.map_or(0.0, |gain| (gain / self.full).clamp(-1.0, 1.0));
        let fill = if tile.gain.is_some() { svg::shade(depth) } else { "#eceff2".to_owned() };
        let mut text = svg::rectangle(x + 1.0, y + 1.0, TILE[0] - 2.0, TILE[1] - 2.0, &fill);
        let (center, ink) = (x + TILE[0] / 2.0, svg::ink_on(depth));
        text += &svg::text(center, y + 20.0, Anchor::Middle, &svg::head(ink), &tile.head);
        for (index, line) in tile.lines.iter().enumerate() {
            text += &svg::text(center, y + 36.0 + 15.0 * index as f64, Anchor::Middle, &svg::small(ink), line);
        }
        text
    }

    /// The map in words, row by row.
    fn told(&self) -> String {
        let row = |(name, tiles): (&String, &Vec<Tile>)| {
            let cells = tiles.iter().zip(&self.columns.1).map(|(tile, column)| format!("{column}: {}", tile.head));
            format!("{name}: {}", cells.collect::<Vec<_>>().join(", "))
        };
        let rows: Vec<String> = self.rows.1.iter().zip(&self.tiles).map(row).collect();
        format!("Rows: {}. Columns: {}. {}.", self.rows.0, self.columns.0, rows.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tile_is_drawn_and_told() {
        let tile = |gain| Tile { gain, head: "guidance".to_owned(), lines: vec!["12 cases".to_owned()] };
        let names = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        let map = HeatMap {
            title: "Map".to_owned(),
            notes: vec!["Note.".to_owned()],
            rows: ("rows".to_owned(), names(["a", "b"])),
            columns: ("columns".to_owned(), names(["c", "d"])),
            tiles: vec![vec![tile(Some(0.1)), tile(None)], vec![tile(Some(-0.1)), tile(Some(0.0))]],
            full: 0.1,
        };
        let picture = map.svg();
        assert_eq!(picture.matches("12 cases").count(), 4);
        assert!(picture.contains("a: c: guidance, d: guidance; b: c: guidance"));
        assert!(picture.contains(svg::FOR) && picture.contains(svg::AGAINST));
    }
}
