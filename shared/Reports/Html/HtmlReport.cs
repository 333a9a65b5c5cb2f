using System.Net;
using System.Security.Cryptography;
using System.Text;
using PelNas.Shared.Reports.Page;

namespace PelNas.Shared.Reports.Html;

/// <summary>
/// The report of a search as one HTML file that needs nothing else: the view of the page, with its scripts, its style and the data in it.
/// It opens from a disk and asks for nothing.
/// </summary>
public static class HtmlReport
{
    private static readonly Lazy<string> Plots = new(() => Text("echarts.js"));
    private static readonly Lazy<string> Scripts = new(() => Text("app.js"));
    private static readonly Lazy<string> Style = new(() => Text("page.css"));

    /// <summary>Makes the page.</summary>
    public static string Render(RunReport report)
    {
        // Its characters with a meaning in HTML are escaped.
        string data = PelNasJson.Serialize(report);
        string policy =
            $"default-src 'none'; script-src {Hash(Plots.Value)} {Hash(Scripts.Value)}; style-src {Hash(Style.Value)}; img-src data: blob:";
        StringBuilder html = new(Text("index.html"));
        Put("<title>PEL-NAS</title>", $"<title>{WebUtility.HtmlEncode(report.Result.RunId)} – PEL-NAS search report</title>");
        Put("<link rel=\"icon\" href=\"icon.svg\">", $"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        Put("<link rel=\"stylesheet\" href=\"page.css\">", $"<style>{Style.Value}</style>");
        Put("<script type=\"module\" src=\"app.js\"></script>", "");
        Put(
            "</body>",
            $"<script type=\"application/json\" id=\"report\">{data}</script>\n<script>{Plots.Value}</script>\n<script "
                + $"type=\"module\">{Scripts.Value}</script>\n</body>");
        return html.ToString();

        void Put(string what, string with) => html.Replace(what, with);
    }

    private static string Text(string name) => Encoding.UTF8.GetString(PageFile.Find(name)!.Content);

    /// <summary>What lets a script or style of that text run under a Content-Security-Policy.</summary>
    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
