using Microsoft.Extensions.Hosting;
using PelNas.Cli.Runs;
using PelNas.Cli.Searching;
using PelNas.Functions.Http.Searches;
using PelNas.Shared.Reports;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas runs</c>: the runs of a store or an app, whether the command line, HTTP, a sweep or an import brought them.</summary>
internal static class RunsCommand
{
    private const int MaxTop = 200;
    private const int MaxFailure = 1_000;

    public static Command Create() => new(
        "runs",
        """
        List, show, compare, report and delete runs of a data folder, a storage account or a running app.

        Examples:
          pelnas runs list
          pelnas runs compare 20260101-120000-1a2b3c4d 20260102-120000-5e6f7a8b
          pelnas runs report 20260101-120000-1a2b3c4d --api https://my-app.azurewebsites.net/api --output my-run
        """)
    {
        List(), Show(), Compare(), Delete(), Report(),
    };

    private static Command List()
    {
        Option<int> top = NumberOptions.Whole("--top", "Most runs, the newest first", 20, 1, MaxTop);
        Option<bool> json = CommonOptions.Json();
        return Verb("list", "List the newest runs.", [top, json], async (parsed, runs, cancellationToken) =>
        {
            IReadOnlyList<SearchSummary> list = await runs.ListAsync(parsed.GetValue(top), cancellationToken);
            Verbs.Write(parsed.GetValue(json), list, () => RunsView.WriteList(Terminal.Output(), list));
        });
    }

    private static Command Show()
    {
        Argument<string> run = Run();
        Option<bool> json = CommonOptions.Json();
        return Verb("show", "Show what a run has come to.", [run, json], async (parsed, runs, cancellationToken) =>
        {
            string id = Verbs.RunId(parsed.GetValue(run)!);
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
        Argument<string[]> ids = new("RUN") { Description = "Ids of two to twenty runs", Arity = new ArgumentArity(0, 20) };
        Option<bool> json = CommonOptions.Json();
        Command command = Verb("compare", "Compare what runs have come to, and say what else differs between them.",
            [ids, json], async (parsed, runs, cancellationToken) =>
            {
                List<SearchResult> results = [];
                foreach (string id in parsed.GetValue(ids)!)
                {
                    results.Add(await runs.ResultAsync(Verbs.RunId(id), cancellationToken));
                }

                Verbs.Write(
                    parsed.GetValue(json),
                    new { Runs = results, Differences = RunsView.Differences(results) },
                    () => RunsView.WriteComparison(Terminal.Output(), results));
            });
        command.Validators.Add(result =>
        {
            if (result.GetValue(ids) is not { Length: > 1 })
            {
                result.AddError("RUN: give the ids of two runs or more.");
            }
        });
        return command;
    }

    private static Command Delete()
    {
        Argument<string> run = Run();
        return Verb("delete", "Delete a run with all that is kept of it.", [run], async (parsed, runs, cancellationToken) =>
        {
            string id = Verbs.RunId(parsed.GetValue(run)!);
            await runs.DeleteAsync(id, cancellationToken);
            Console.Out.WriteLine($"deleted {id}");
        });
    }

    private static Command Report()
    {
        Argument<string> run = Run();
        Option<string?> output = CommonOptions.Text(
            "--output", "Folder for result.json, front.csv and report.html (default: runs/RUN)", "DIR");
        Option<bool> overwrite = CommonOptions.Flag("--overwrite", "Write though the folder holds the result of another run");
        return Verb("report", "Write the result and the report of a run.", [run, output, overwrite],
            async (parsed, runs, cancellationToken) =>
            {
                string id = Verbs.RunId(parsed.GetValue(run)!);
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
        StoreOptions store = new();
        Option<string?> api = CommonOptions.Text(
            "--api", $"Address of a running app's API, instead of a store; its function key stands in {RemoteRuns.KeyVariable}", "URL");
        Command command = new(name, description) { store.Data, store.Store, api };
        command.AddAll(symbols);
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            if (parsed.GetValue(api) is { } address)
            {
                if (parsed.FirstGiven(store.Data, store.Store) is { } stray)
                {
                    throw new UsageException($"{stray.Name} cannot be given with --api: the app has a store of its own.");
                }

                using RemoteRuns remote = new(address);
                await action(parsed, remote, cancellationToken);
                return ExitCode.Done;
            }

            using IHost app = store.OpenExisting(parsed);
            await action(parsed, new StoredRuns(app.Services, parsed.GetValue(store.Data)!), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Run() => new("RUN") { Description = "Id of the run" };
}
