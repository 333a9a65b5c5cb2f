namespace PelNas.Shared.Reports.Html;

/// <summary>The frame of a report: one HTML file that needs nothing else, no script, no font, no request.</summary>
internal static class ReportPage
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>Makes a page.</summary>
    /// <param name="title">Title of the window.</param>
    /// <param name="write">Writes what stands in <c>main</c>.</param>
    public static string Render(string title, Action<MarkupWriter> write)
    {
        MarkupWriter html = new();
        html.Verbatim("<!DOCTYPE html>\n");
        using (html.Open("html", ("lang", "en")))
        {
            Head(html, title);
            using (html.Open("body"))
            using (html.Open("main"))
            {
                write(html);
            }
        }

        return html.ToString();
    }

    private static void Head(MarkupWriter html, string title)
    {
        using (html.Open("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            // Should an escape ever be missed, the page still runs nothing and asks for nothing.
            html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'"));
            html.Element("title", title);
            using (html.Open("style"))
            {
                html.Verbatim(Style.Value);
            }
        }
    }

    private static string ReadStyle()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet of the report is not in the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
