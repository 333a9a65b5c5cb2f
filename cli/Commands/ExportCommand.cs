using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Cli.Hosting;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Transfer;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas export</c>: writes all that the store holds of one run to a file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> run = new("RUN") { Description = "Id of the run" };
        Option<string?> file = new("--file") { Description = "File to write, or - for stdout (default: RUN.json)", HelpName = "FILE" };
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Command command = new(
            "export",
            "Write all that the store holds of one run to one JSON file: every candidate, and heuristics, rounds and fronts of all "
            + "generations.\n"
            + "'pelnas import' reads it into another store.")
        {
            run, file, data, store,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            string runId = parsed.GetValue(run)!;
            if (!RunIds.IsValid(runId))
            {
                throw new UsageException($"'{runId}' is not a run id; they look like 20260131-235959-1a2b3c4d.");
            }

            using IHost app = LocalStore.Build(parsed.GetValue(data)!, parsed.GetValue(store));
            StoreAddress.RequireThere(app.Services.GetRequiredService<IRowStore>(), data.Name);
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
