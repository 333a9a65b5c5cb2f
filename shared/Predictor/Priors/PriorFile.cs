using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Predictor.Priors;

/// <summary>
/// A prior as a CSV file, also compressed (<c>.gz</c>): a header and a line a cell, <c>index</c> or <c>architecture</c>, and
/// <c>accuracy</c> on any scale. Columns that may be there too: <c>rank</c>, from 1, for cells to label first; <c>dataset</c> and
/// <c>device</c>, which limit a line to a context.
/// </summary>
public static class PriorFile
{
    /// <summary>Reads what a file says of a context.</summary>
    /// <exception cref="PriorFileException">The file cannot be read or says nothing of the context.</exception>
    public static PriorContent Read(string path, ISearchSpace space, string dataset, string device)
    {
        (string header, IEnumerable<string> lines) = Open(path);
        string[] names = [.. header.Split(',').Select(name => name.Trim().ToLowerInvariant())];
        int cellColumn = Array.FindIndex(names, name => name is "index" or "architecture");
        int accuracyColumn = Array.IndexOf(names, "accuracy");
        if (cellColumn < 0 || accuracyColumn < 0)
        {
            throw new PriorFileException(path, "needs a header with the columns 'index' or 'architecture', and 'accuracy'");
        }

        int rankColumn = Array.IndexOf(names, "rank");
        List<(Expectation Cell, int? Rank)> cells = [];
        foreach ((int number, string line) in lines.Index())
        {
            string[] fields = line.Split(',');
            if (line.Trim().Length == 0 || IsOfAnother(fields, names, "dataset", dataset) || IsOfAnother(fields, names, "device", device))
            {
                continue;
            }

            if (fields.Length != names.Length)
            {
                throw new PriorFileException(path, $"has {fields.Length} fields in line {number + 2} and {names.Length} in its header");
            }

            cells.Add((
                new Expectation(
                    Cell(fields[cellColumn]),
                    Number(fields[accuracyColumn])
                        ?? throw new PriorFileException(path, $"has no number in the column 'accuracy' of line {number + 2}")),
                rankColumn >= 0 && Number(fields[rankColumn]) is { } rank ? (int)rank : null));

            int Cell(string text) => CellText.TryRead(space, text, out int index, out string? error)
                ? index
                : throw new PriorFileException(path, $"names no cell in line {number + 2}: {error}");
        }

        return cells.Count == 0
            ? throw new PriorFileException(path, $"says nothing of {dataset} on {device}")
            : new PriorContent
            {
                Ranked = [.. cells.Where(cell => cell.Rank is not null).OrderBy(cell => cell.Rank).Select(cell => cell.Cell)],
                Believed = [.. cells.Where(cell => cell.Rank is null).Select(cell => cell.Cell)],
            };
    }

    private static bool IsOfAnother(string[] fields, string[] names, string column, string wanted)
    {
        int place = Array.IndexOf(names, column);
        string stated = place >= 0 && place < fields.Length ? fields[place].Trim() : "";
        return stated.Length > 0 && stated != wanted;
    }

    private static double? Number(string text)
        => double.TryParse(text, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static (string Header, IEnumerable<string> Lines) Open(string path)
    {
        try
        {
            string[] lines = PackedFile.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
            return (lines[0], lines.Skip(1));
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
                or NotSupportedException)
        {
            throw new PriorFileException(path, $"cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>A file is no prior.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong, to follow the file's name.</param>
/// <param name="inner">Cause.</param>
public sealed class PriorFileException(string path, string problem, Exception? inner = null)
    : Exception($"The file {path} {problem}.", inner);
