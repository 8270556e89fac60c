//! Every package of a space, one after the other: row by row, the first issue slowest.

/// Visits packages in order without keeping them.
#[derive(Clone, Debug)]
pub struct Odometer {
    sizes: Vec<u32>,
    package: Vec<u32>,
    begun: bool,
}

impl Odometer {
    /// Before the first package of a space whose issues have so many options.
    pub fn new(sizes: &[usize]) -> Self {
        Self { sizes: sizes.iter().map(|&size| size as u32).collect(), package: vec![0; sizes.len()], begun: false }
    }

    /// The next package; `None` after the last.
    #[expect(clippy::should_implement_trait, reason = "an iterator could not lend its own buffer")]
    pub fn next(&mut self) -> Option<&[u32]> {
        if !self.begun {
            self.begun = true;
            return self.sizes.iter().all(|&size| size > 0).then_some(&self.package[..]);
        }
        for issue in (0..self.sizes.len()).rev() {
            self.package[issue] += 1;
            if self.package[issue] < self.sizes[issue] {
                return Some(&self.package);
            }
            self.package[issue] = 0;
        }
        None
    }
}

/// Writes the package at a place of a space, counted row by row from 0.
pub fn write_place(sizes: &[usize], place: u32, package: &mut [u32]) {
    let mut rest = place as usize;
    for (size, option) in sizes.iter().zip(package.iter_mut()).rev() {
        *option = (rest % size) as u32;
        rest /= size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_each_package_once_in_order() {
        let sizes = [2, 3];
        let mut odometer = Odometer::new(&sizes);
        let mut place = 0;
        while let Some(package) = odometer.next() {
            let mut same = [0; 2];
            write_place(&sizes, place, &mut same);
            assert_eq!(package, same);
            place += 1;
        }
        assert_eq!(place, 6);
    }
}
