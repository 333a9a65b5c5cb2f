using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Cli.Hosting;
using PelNas.Cli.Runs;
using PelNas.Cli.Searching;
using PelNas.Functions.Http.Searches;
using PelNas.Shared.Reports;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas runs</c>: the runs of a store or an app, whether the command line, HTTP, a sweep or an import brought them.</summary>
internal static class RunsCommand
{
    private const int MaxTop = 200;
    private const int MaxFailure = 1_000;

    public static Command Create() => new(
        "runs",
        "List, show, compare, report and delete runs of a data folder, a storage account or a running app.\n\n"
        + "Examples:\n"
        + "  pelnas runs list\n"
        + "  pelnas runs compare 20260101-120000-1a2b3c4d 20260102-120000-5e6f7a8b\n"
        + "  pelnas runs report 20260101-120000-1a2b3c4d --api https://my-app.azurewebsites.net/api --output my-run")
    {
        List(), Show(), Compare(), Delete(), Report(),
    };

    private static Command List()
    {
        Option<int> top = NumberOptions.Whole("--top", "Most runs, the newest first", 20, 1, MaxTop);
        Option<bool> json = CommonOptions.Json();
        return Verb("list", "List the newest runs.", [top, json], async (parsed, runs, cancellationToken) =>
        {
            IReadOnlyList<RunLine> list = await runs.ListAsync(parsed.GetValue(top), cancellationToken);
            Verbs.Write(parsed.GetValue(json), list, () => RunsView.WriteList(Terminal.Output(), list));
        });
    }

    private static Command Show()
    {
        Argument<string> run = Run();
        Option<bool> json = CommonOptions.Json();
        return Verb("show", "Show what a run has come to.", [run, json], async (parsed, runs, cancellationToken) =>
        {
            string id = Id(parsed.GetValue(run)!);
            SearchResult result = await runs.ResultAsync(id, cancellationToken);
            (SearchStatus status, string? failure) = await runs.StateAsync(id, cancellationToken);
            Verbs.Write(parsed.GetValue(json), result, () => RunsView.WriteResult(Terminal.Output(), result, status));
            if (failure is not null)
            {
                Console.Error.WriteLine($"pelnas: the run failed: {UntrustedText.Line(failure, MaxFailure)}");
            }
        });
    }

    private static Command Compare()
    {
        Argument<string[]> ids = new("RUN") { Description = "Ids of the runs", Arity = new ArgumentArity(2, 20) };
        Option<bool> json = CommonOptions.Json();
        return Verb("compare", "Compare what runs have come to, and say what else differs between them.",
            [ids, json], async (parsed, runs, cancellationToken) =>
            {
                List<SearchResult> results = [];
                foreach (string id in parsed.GetValue(ids)!)
                {
                    results.Add(await runs.ResultAsync(Id(id), cancellationToken));
                }

                Verbs.Write(
                    parsed.GetValue(json),
                    new { Runs = results, Differences = RunsView.Differences(results) },
                    () => RunsView.WriteComparison(Terminal.Output(), results));
            });
    }

    private static Command Delete()
    {
        Argument<string> run = Run();
        return Verb("delete", "Delete a run with all that is kept of it.", [run], async (parsed, runs, cancellationToken) =>
        {
            string id = Id(parsed.GetValue(run)!);
            await runs.DeleteAsync(id, cancellationToken);
            Console.Out.WriteLine($"deleted {id}");
        });
    }

    private static Command Report()
    {
        Argument<string> run = Run();
        Option<string?> output = new("--output")
        {
            Description = "Folder for result.json, front.csv and report.html (default: runs/RUN)",
            HelpName = "DIR",
        };
        Option<bool> overwrite = new("--overwrite") { Description = "Write though the folder holds the result of another run" };
        return Verb(
            "report", "Write the result and the report of a run.", [run, output, overwrite], async (parsed, runs, cancellationToken) =>
            {
                string id = Id(parsed.GetValue(run)!);
                SearchResult result = await runs.ResultAsync(id, cancellationToken);
                string folder = parsed.GetValue(output) ?? Path.Combine("runs", id);
                using IDisposable claim = OutputFolder.Claim(folder, id, parsed.GetValue(overwrite));
                await ResultFiles.WriteAsync(folder, result, await runs.ReportAsync(id, cancellationToken), cancellationToken);
                Console.Out.WriteLine($"report {Path.Combine(folder, ResultFiles.ReportName)}");
            });
    }

    private static Command Verb(
        string name, string description, Symbol[] symbols, Func<ParseResult, IRunSource, CancellationToken, Task> action)
    {
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Option<string?> api = new("--api")
        {
            Description = $"Address of a running app's API, instead of a store; its function key stands in {RemoteRuns.KeyVariable}",
            HelpName = "URL",
        };
        Command command = new(name, description) { data, store, api };
        command.AddAll(symbols);
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            if (parsed.GetValue(api) is { } address)
            {
                if (parsed.FirstGiven(data, store) is { } stray)
                {
                    throw new UsageException($"{stray.Name} cannot be given with --api: the app has a store of its own.");
                }

                using RemoteRuns remote = new(address);
                await action(parsed, remote, cancellationToken);
                return ExitCode.Done;
            }

            string folder = parsed.GetValue(data)!;
            using IHost app = LocalStore.Build(folder, parsed.GetValue(store));
            StoreAddress.RequireThere(app.Services.GetRequiredService<IRowStore>(), data.Name);
            await action(parsed, new StoredRuns(app.Services, folder), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Run() => new("RUN") { Description = "Id of the run" };

    private static string Id(string run)
        => RunIds.IsValid(run) ? run : throw new UsageException($"'{run}' is not a run id; they look like 20260131-235959-1a2b3c4d.");
}
