using System.Text.Json;
using PelNas.Shared.Common;

namespace PelNas.Shared.Llm.Recording;

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
                    if (turn.Answer is { InputTokens: < 0 or > int.MaxValue } or { OutputTokens: < 0 or > int.MaxValue })
                    {
                        throw new RecordingException(file, $"has a count of tokens in line {index + 1} that no answer has");
                    }

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

    /// <summary>
    /// Cuts off a last line that was not written to its end, since the next one would be written on to it.
    /// </summary>
    /// <param name="file">A recording.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="RecordingException">The file cannot be written.</exception>
    public static bool DropTornLine(string file)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(file);
            int whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            if (whole == bytes.Length)
            {
                return false;
            }

            using FileStream stream = new(file, FileMode.Open, FileAccess.Write);
            if (whole > 0)
            {
                stream.SetLength(whole);
                return true;
            }

            // The header itself, which can be read: only the end of its line is missing.
            stream.Seek(0, SeekOrigin.End);
            stream.WriteByte((byte)'\n');
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(file, $"cannot be written ({exception.Message.TrimEnd('.')})", exception);
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
