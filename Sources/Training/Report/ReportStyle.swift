/// The style sheet of reports: light or dark with the page's reader, and narrow enough for a phone.
enum ReportStyle {
  static let css = """
    :root { color-scheme: light dark; --ground: #f3f3ef; --card: #fdfdfc; --text: #2f2f2c; --soft: #62625e;
      --line: #d9d9d4; --accent: #0072b2; }
    @media (prefers-color-scheme: dark) { :root { --ground: #131416; --card: #1c1d1f; --text: #dcdcd8; --soft: #a9a9a6;
      --line: #3a3b3e; --accent: #56b4e9; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 70rem; background: var(--ground); color: var(--text);
      font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; overflow-wrap: break-word; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 0.5rem; }
    h2 { font-size: 1.15rem; margin: 2rem 0 0.75rem; }
    p { margin: 0.5rem 0; max-width: 44rem; }
    dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.6rem; margin: 1rem 0; }
    dl div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.8rem; }
    dt { color: var(--soft); font-size: 0.8rem; }
    dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
    .plots { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0.75rem 0; }
    figure { margin: 0; max-width: 100%; overflow-x: auto; }
    figure svg { display: block; max-width: 100%; height: auto; }
    figcaption { color: var(--soft); font-size: 0.9rem; margin-top: 0.25rem; }
    .scroll { overflow: auto; max-height: 32rem; margin: 0.75rem 0; background: var(--card); border: 1px solid var(--line);
      border-radius: 6px; width: fit-content; max-width: 100%; }
    table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding: 0.5rem 0.8rem; color: var(--soft); }
    th, td { padding: 0.3rem 0.8rem; text-align: left; border-top: 1px solid var(--line); white-space: nowrap; }
    tbody:first-child tr:first-child td { border-top: 0; }
    thead th { position: sticky; top: 0; background: var(--card); border-top: 0; box-shadow: 0 1px 0 var(--line); }
    .number { text-align: right; }
    pre { overflow: auto; max-height: 32rem; margin: 0.75rem 0; padding: 0.75rem 1rem; background: var(--card);
      border: 1px solid var(--line); border-radius: 6px; font: 13px/1.45 ui-monospace, 'SF Mono', Menlo, 'DejaVu Sans Mono',
      monospace; overflow-wrap: normal; }
    """
}
