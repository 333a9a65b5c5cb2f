namespace PelNas.Cli.Commands;

/// <summary>A file that a verb writes (<see cref="PendingFile"/>), or standard output where <c>-</c> is given in its place.</summary>
internal static class OutputFile
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="write">Writes the content, and leaves the stream open.</param>
    /// <param name="said">What standard output says afterwards, unless the content went there; null for the path.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, string? said, CancellationToken cancellationToken)
    {
        if (path == Terminal.StandardStream)
        {
            await using Stream output = Console.OpenStandardOutput();
            await write(output);
            return;
        }

        try
        {
            await using PendingFile file = PendingFile.Open(path);
            await write(file.Content);
            await file.FlushAsync(cancellationToken);
            file.Publish();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
            string why = Directory.Exists(folder) ? exception.Message.TrimEnd('.') : $"there is no folder '{folder}'";
            throw new IOException($"'{path}' cannot be written: {why}. Give a file that you may write, on a disk with room.", exception);
        }

        Console.Out.WriteLine(said ?? path);
    }

    /// <summary>Writes content that is at hand, and says the path.</summary>
    public static Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
        => WriteAsync(path, stream => stream.WriteAsync(content, cancellationToken).AsTask(), said: null, cancellationToken);
}
