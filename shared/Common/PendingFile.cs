namespace PelNas.Shared.Common;

/// <summary>
/// A file that is being written. A reader finds the old one or the new one, whole: it is written beside its place and then renamed. What is
/// no plain file, such as a pipe or a device, is written as it stands, and a link stays: what it leads to is written.
/// </summary>
public sealed class PendingFile : IAsyncDisposable
{
    private readonly string? _temporary;

    private PendingFile(string path, string? temporary, FileStream content) => (Path, _temporary, Content) = (path, temporary, content);

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Takes what the file is to hold.</summary>
    public FileStream Content { get; }

    /// <summary>Opens a file to write. A pipe that nobody reads is waited for.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static PendingFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FileInfo link = new(path);
        string target = link.LinkTarget is null ? path : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (OpenThere(path) is { } there)
        {
            if (!IsPlain(there))
            {
                return new PendingFile(path, temporary: null, there);
            }

            there.Dispose();
        }

        // What is wrong with the place would otherwise be told of the file beside it, or only once all is written.
        if (Directory.Exists(target))
        {
            throw new IOException($"'{path}' is a folder; give a file.");
        }

        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' for '{path}'.");
        }

        string temporary = $"{target}.{System.IO.Path.GetRandomFileName()}.tmp";
        return new PendingFile(target, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None));
    }

    /// <summary>Whether something that can be read from and written to is a plain file, which has a length that can be set.</summary>
    public static bool IsPlain(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return IsPlain(file);
    }

    /// <summary>Brings all content to the disk.</summary>
    /// <exception cref="IOException">It cannot be written, for example because the disk is full.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Content.FlushAsync(cancellationToken);
        Content.Flush(flushToDisk: true);
    }

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public void Publish()
    {
        Content.Dispose();
        if (_temporary is not null)
        {
            File.Move(_temporary, Path, overwrite: true);
        }
    }

    /// <summary>Closes the file, and removes what was not published.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Content.DisposeAsync();
        }
        finally
        {
            if (_temporary is not null)
            {
                File.Delete(_temporary);
            }
        }
    }

    private static FileStream? OpenThere(string path)
    {
        try
        {
            return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite) : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // A link that leads nowhere yet.
            return null;
        }
    }

    private static bool IsPlain(FileStream file)
    {
        if (!file.CanSeek)
        {
            return false;
        }

        try
        {
            file.SetLength(file.Length);
            return true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
