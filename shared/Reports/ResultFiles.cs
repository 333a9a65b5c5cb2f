using System.Text;

namespace PelNas.Shared.Reports;

/// <summary>Writes a result into a folder for people and for other programs.</summary>
public static class ResultFiles
{
    /// <summary>The result, see <see cref="SearchResult"/>.</summary>
    public const string ResultName = "result.json";

    /// <summary>The front, see <see cref="FrontCsv"/>.</summary>
    public const string FrontName = "front.csv";

    /// <summary>The report, see <see cref="Html.HtmlReport"/>.</summary>
    public const string ReportName = "report.html";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes the three files, creating the folder. A reader finds each file whole, the old one or the new one.
    /// </summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="result">The result, for result.json and front.csv.</param>
    /// <param name="report">The text of report.html.</param>
    /// <exception cref="IOException">
    /// The folder cannot be created or a file not written. The message names the path, the reason and the fix.
    /// </exception>
    public static async Task WriteAsync(string folder, SearchResult result, string report, CancellationToken cancellationToken)
    {
        (string Name, string Content)[] files =
        [
            (ResultName, result.ToJson()),
            (FrontName, FrontCsv.Format(result.Front, result.LabelsFrom)),
            (ReportName, report),
        ];
        string place = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(place);
            foreach ((string name, string content) in files)
            {
                place = Path.Combine(Path.GetFullPath(folder), name);
                await using PendingFile file = PendingFile.Open(place);
                await file.Content.WriteAsync(Utf8.GetBytes(content), cancellationToken);
                await file.FlushAsync(cancellationToken);
                file.Publish();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IOException(
                $"Cannot write '{place}': {exception.Message} Choose another output folder, or make this one writable.", exception);
        }
    }
}
