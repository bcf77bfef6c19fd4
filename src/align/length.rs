//! Lengths in proportion: Gale and Church 1993, “A program for aligning sentences in bilingual corpora”.

/// Variance of the length of a translation, per character (Gale and Church, table 2).
const VARIANCE: f32 = 6.8;

/// How likely lengths so far apart are in a translation, 0 to 1. `ratio` is the usual length of `en` over `es`.
pub(super) fn likelihood(es: f32, en: f32, ratio: f32) -> f32 {
    let mean = ((es * ratio + en) / 2.0).max(1.0);
    let delta = (en - es * ratio) / (mean * VARIANCE).sqrt();
    erfc(delta.abs() / std::f32::consts::SQRT_2)
}

/// The complementary error function for `x >= 0` (Abramowitz and Stegun, 7.1.26).
fn erfc(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = 0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4)));
    t * series * (-x * x).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_with_the_distance() {
        let values: Vec<f32> = [100.0, 110.0, 140.0, 250.0].map(|en| likelihood(100.0, en, 1.0)).to_vec();
        assert!((values[0] - 1.0).abs() < 1e-3 && values[3] < 1e-3, "{values:?}");
        assert!(values.is_sorted_by(|a, b| a > b));
        assert_eq!(likelihood(0.0, 0.0, 1.0), likelihood(9.0, 9.0, 1.0));
    }
}
