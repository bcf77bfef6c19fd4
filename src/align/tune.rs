macro_rules! tune {
    ($name:literal, $default:expr) => {{
        static VALUE: std::sync::OnceLock<f32> = std::sync::OnceLock::new();
        *VALUE.get_or_init(|| std::env::var($name).ok().and_then(|v| v.parse().ok()).unwrap_or($default))
    }};
}
