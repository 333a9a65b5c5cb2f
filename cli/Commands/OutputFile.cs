namespace PelNas.Cli.Commands;

/// <summary>A file that a verb writes, or standard output where <c>-</c> is given in its place.</summary>
internal static class OutputFile
{
    /// <summary>Writes it, and says on standard output where it is unless its content went there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (path == Terminal.StandardStream)
        {
            using Stream output = Console.OpenStandardOutput();
            write(output);
            return;
        }

        using (FileStream file = File.Create(path))
        {
            write(file);
        }

        Console.Out.WriteLine(path);
    }
}
