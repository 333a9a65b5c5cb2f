using System.Text;

namespace PelNas.Shared.Reports.Html;

/// <summary>
/// Writes HTML and SVG that are well-formed XML too. Text and attribute values are escaped here and nowhere else, so nothing
/// untrusted can become markup; tag and attribute names come from the program.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder _page = new();

    /// <summary>Starts an element, which ends where the scope does. An attribute whose value is null is left out.</summary>
    public Scope Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(tag, attributes);
        _page.Append('>');
        return new Scope(this, tag);
    }

    /// <summary>An element with nothing but text in it.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Open(tag, attributes))
        {
            Text(text);
        }
    }

    /// <summary>An element that never has content: a void element of HTML or an empty one of SVG.</summary>
    public void Empty(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(tag, attributes);
        _page.Append("/>");
    }

    /// <summary>Text, escaped.</summary>
    public void Text(string text) => ReportText.AppendEscaped(_page, text);

    /// <summary>The program's own text as it is: the document type and the style sheet.</summary>
    public void Verbatim(string trusted) => _page.Append(trusted);

    public override string ToString() => _page.ToString();

    private void Start(string tag, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _page.Append('<').Append(tag);
        foreach ((string name, string? value) in attributes)
        {
            if (value is not null)
            {
                _page.Append(' ').Append(name).Append("=\"");
                ReportText.AppendEscaped(_page, value);
                _page.Append('"');
            }
        }
    }

    /// <summary>An element that is open.</summary>
    public readonly struct Scope(MarkupWriter writer, string tag) : IDisposable
    {
        /// <summary>Ends the element.</summary>
        public void Dispose() => writer._page.Append("</").Append(tag).Append(">\n");
    }
}
