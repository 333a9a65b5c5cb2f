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
    /// Writes the three files, creating the folder. A reader finds each file whole, the old one or the new one: all are written
    /// beside their place first and then renamed.
    /// </summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="result">The result, for result.json and front.csv.</param>
    /// <param name="report">The text of report.html.</param>
    /// <param name="cancellationToken">Cancels before the first file is renamed.</param>
    /// <exception cref="ResultFileException">The folder cannot be created or a file not written.</exception>
    public static async Task WriteAsync(string folder, SearchResult result, string report, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        (string Name, string Content)[] files =
        [
            (ResultName, result.ToJson()),
            (FrontName, FrontCsv.Format(result.Front, result.LabelsFrom)),
            (ReportName, report),
        ];
        string place = Path.GetFullPath(folder);
        List<PendingFile> written = [];
        try
        {
            Directory.CreateDirectory(place);
            foreach ((string name, string content) in files)
            {
                place = Path.Combine(Path.GetFullPath(folder), name);
                PendingFile file = PendingFile.Open(place);
                written.Add(file);
                await file.Content.WriteAsync(Utf8.GetBytes(content), cancellationToken);
                await file.FlushAsync(cancellationToken);
            }

            foreach (PendingFile file in written)
            {
                place = file.Path;
                file.Publish();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ResultFileException(place, exception);
        }
        finally
        {
            foreach (PendingFile file in written)
            {
                await DisposeQuietlyAsync(file);
            }
        }
    }

    /// <summary>Clears away what is left of a failed write, whose own exception is the one to report.</summary>
    private static async Task DisposeQuietlyAsync(PendingFile file)
    {
        try
        {
            await file.DisposeAsync();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing is lost: the file has a name of its own that nobody reads.
        }
    }
}
