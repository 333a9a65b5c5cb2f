using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Shared.Storage.Transfer;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas export</c>: writes all that the store holds of one run to a file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> run = new("RUN") { Description = "Id of the run" };
        Option<string?> file = CommonOptions.Text("--file", "File to write, or - for stdout (default: RUN.json)", "FILE");
        StoreOptions store = new();
        Command command = new(
            "export",
            """
            Write all that the store holds of one run to one JSON file.

            That is every candidate, and the heuristics, rounds and fronts of all generations. 'pelnas import' reads it into another store.
            """)
        {
            run, file, store.Data, store.Store,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            string runId = Verbs.RunId(parsed.GetValue(run)!);
            using IHost app = store.OpenExisting(parsed);
            RunArchive archive = await app.Services.GetRequiredService<RunExporter>().ExportAsync(runId, cancellationToken)
                ?? throw new RunNotFoundException(runId);
            string path = parsed.GetValue(file) ?? $"{runId}.json";
            await OutputFile.WriteAsync(
                path, stream => RunArchiveFile.WriteAsync(stream, archive, cancellationToken), $"exported {runId} to {path}",
                cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
