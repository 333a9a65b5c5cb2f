using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Shared.Storage.Transfer;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas import</c>: reads a run from a file into the store.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "File that 'pelnas export' wrote, or - for stdin" };
        StoreOptions store = new();
        Command command = new(
            "import",
            """
            Read a run from a file that 'pelnas export' wrote into the store.

            A run that is there is not overwritten.
            """)
        {
            file, store.Data, store.Store,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            string path = parsed.GetValue(file)!;
            RunArchive archive = await ReadAsync(path, cancellationToken);
            string runId = archive.Run.RunId;
            using IHost app = store.Open(parsed);
            if (!await ImportAsync(app, path, archive, cancellationToken))
            {
                throw new StoreChangedException($"The store has a run {runId} already. Delete it first, or leave it as it is.");
            }

            Console.Out.WriteLine($"imported {runId} from {path}");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<RunArchive> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (path != Terminal.StandardStream)
        {
            return File.Exists(path)
                ? await RunArchiveFile.ReadAsync(path, cancellationToken)
                : throw new UsageException($"FILE: there is no file '{path}'.");
        }

        await using Stream input = Console.OpenStandardInput();
        return await RunArchiveFile.ReadAsync(input, "stdin", cancellationToken);
    }

    private static async Task<bool> ImportAsync(IHost app, string path, RunArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            ArchivedValues.Check(archive, app.Services.GetRequiredService<BenchmarkTables>());
            return await app.Services.GetRequiredService<RunImporter>().ImportAsync(archive, cancellationToken);
        }
        catch (ArgumentException exception)
        {
            throw new RunArchiveException($"'{path}' holds what no store takes: {exception.Message}", exception);
        }
    }
}
