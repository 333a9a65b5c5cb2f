using System.Text.Json;

namespace PelNas.Shared.Chat.Recording;

/// <summary>Reads and writes recordings.</summary>
internal static class RecordingFile
{
    // One object a line: nothing in the answers may break it, and none is indented.
    private static readonly JsonSerializerOptions Options = PelNasJson.Options;

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a recording. A last line that was cut off by a killed process is left out.</summary>
    /// <exception cref="RecordingException">The file is missing or no recording.</exception>
    public static (RecordingHeader Header, Dictionary<string, RecordedTurn> Turns) Read(string file)
    {
        try
        {
            string[] lines = File.ReadAllLines(file);
            RecordingHeader header = lines.Length > 0 ? PelNasJson.Deserialize<RecordingHeader>(lines[0]) : throw new JsonException("it is empty");
            if (header.Format != RecordingHeader.CurrentFormat)
            {
                throw new RecordingException(file, $"has the format '{UntrustedText.Line(header.Format, 40)}', and this program reads {RecordingHeader.CurrentFormat}");
            }

            Dictionary<string, RecordedTurn> turns = [];
            foreach ((int index, string line) in lines.Index().Skip(1))
            {
                if (Turn(line, isLast: index == lines.Length - 1) is { } turn)
                {
                    turns.TryAdd(turn.Hash, turn);
                }
            }

            return (header, turns);
        }
        catch (JsonException exception)
        {
            throw new RecordingException(file, $"is no recording ({exception.Message.TrimEnd('.')})", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new RecordingException(file, $"cannot be read ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    private static RecordedTurn? Turn(string line, bool isLast)
    {
        try
        {
            return PelNasJson.Deserialize<RecordedTurn>(line);
        }
        catch (JsonException) when (isLast)
        {
            return null;
        }
    }
}
