using System.Xml.Linq;

namespace PelNas.Shared.Reports.Html;

/// <summary>
/// The frame of a report: one HTML file that needs nothing else, no script, no font, no request. It is well-formed XML too.
/// </summary>
internal static class ReportPage
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>Makes a page.</summary>
    /// <param name="title">Title of the window.</param>
    /// <param name="content">What stands in <c>main</c>.</param>
    public static string Render(string title, params object?[] content)
    {
        XElement page = new(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                Meta("name", "viewport", "width=device-width, initial-scale=1"),
                Meta("name", "color-scheme", "light dark"),
                // Should an escape ever be missed, the page still runs nothing and asks for nothing.
                Meta("http-equiv", "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
                new XElement("title", title),
                new XElement("style", Style.Value)),
            new XElement("body", new XElement("main", content)));
        return $"<!DOCTYPE html>\n{page}\n";
    }

    private static XElement Meta(string kind, string name, string content)
        => new("meta", new XAttribute(kind, name), new XAttribute("content", content));

    private static string ReadStyle()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet of the report is not in the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
