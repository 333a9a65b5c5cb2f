using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Export;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Searching;

/// <summary>
/// Runs the user's training command for every label that a search wants. A label that was told is never trained again; one in hand when the
/// program is killed is begun again by the same worker.
/// </summary>
/// <param name="again">Options with which the run can be resumed, each after a blank.</param>
internal sealed class TrainerPool(IServiceProvider services, DurableTaskClient client, string runId, string command, string again)
{
    private const int Attempts = 2;

    // A command that fails for these, the first, is wrong itself.
    private const int MostFailures = 3;

    private static readonly TimeSpan Claim = TimeSpan.FromDays(365);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly LabelDesk _desk = services.GetRequiredService<LabelDesk>();
    private readonly TrainingFolder _folder = services.GetRequiredService<TrainingFolder>();

    private bool _hasSucceeded;
    private int _failures;

    /// <summary>Works until the search has ended.</summary>
    /// <exception cref="SearchFailedException">The command has failed for the first labels, and come to none.</exception>
    public async Task RunAsync(int parallel, Task completion, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] workers = [.. Enumerable.Range(1, parallel).Select(worker => WorkAsync($"trainer-{worker}", completion, stop.Token))];
        await foreach (Task worker in Task.WhenEach(workers))
        {
            if (worker.IsFaulted)
            {
                await stop.CancelAsync();
                await worker;
            }
        }

        await Task.WhenAll(workers);
    }

    private async Task WorkAsync(string worker, Task completion, CancellationToken cancellationToken)
    {
        RunRepository runs = services.GetRequiredService<RunRepository>();
        while (!completion.IsCompleted)
        {
            RunRow? run = await runs.GetAsync(runId, cancellationToken);
            IReadOnlyList<LabelRow> claimed = run is null ? [] : await _desk.ClaimAsync(runId, worker, count: 1, Claim, cancellationToken);
            if (claimed is [{ } label])
            {
                LabelAnswer answer = await TrainAsync(run!.Request, label, cancellationToken);
                RefuseUseless(answer);
                await _desk.TellAsync(runId, label.Index, answer, CancellationToken.None);
                await client.RaiseEventAsync(runId, LabelGathering.LabelTold, label.Index, CancellationToken.None);
                if (answer.Failed)
                {
                    Console.Error.WriteLine(
                        $"pelnas: warning: the label of {label.Index} failed and the search continues without it: {answer.Reason}");
                }
            }
            else
            {
                await Task.WhenAny(completion, Task.Delay(BetweenLooks, cancellationToken));
            }
        }
    }

    /// <summary>The label in hand is not told then, so that a search that is resumed has it trained again.</summary>
    private void RefuseUseless(LabelAnswer answer)
    {
        _hasSucceeded |= !answer.Failed;
        if (!_hasSucceeded && Interlocked.Increment(ref _failures) >= MostFailures)
        {
            throw new SearchFailedException(
                $"--trainer: the first {MostFailures} labels failed: {answer.Reason}. "
                    + $"When that is mended, resume with: pelnas search --resume {runId}{again}");
        }
    }

    private async Task<LabelAnswer> TrainAsync(SearchRequest request, LabelRow label, CancellationToken cancellationToken)
    {
        int index = label.Index;
        string line = command
            .Replace("{index}", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{architecture}", $"'{label.Architecture ?? NasBench201.Instance.Format(index)}'", StringComparison.Ordinal)
            .Replace("{seed}", request.Seed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        // What a network of another space is, its user alone knows.
        line = label.Architecture is null
            ? line.Replace("{model}", await WriteModelAsync(request, index, cancellationToken), StringComparison.Ordinal)
            : line;
        string log = _folder.Of(runId, index, ".log");
        string reason = "";
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            (int exitCode, string output, double seconds) = await RunAsync(line, log, cancellationToken);
            if (exitCode != 0)
            {
                reason = $"the command ended with exit code {exitCode}, see {log}";
                continue;
            }

            if (Read(output) is not { } told)
            {
                reason = $"the last line that the command printed is no JSON, see {log}";
                continue;
            }

            // A latency that this search does not ask for is no fault of a command that others ask for it.
            LabelAnswer answer = new(told.Accuracy, Seconds: seconds, LatencyMs: request.IsLatencyTold() ? told.LatencyMs : null);
            if (answer.Check(request) is not { Count: > 0 } errors)
            {
                return answer;
            }

            reason = $"the last line that the command printed does not do: {FieldError.Describe(errors)}, see {log}";
        }

        return new LabelAnswer(Failed: true, Reason: reason);
    }

    /// <summary>Writes the network's module and returns its path.</summary>
    private async Task<string> WriteModelAsync(SearchRequest request, int index, CancellationToken cancellationToken)
    {
        DatasetShape shape = request.Labels is { ImageSize: { } side, Classes: { } classes }
            ? new DatasetShape(side, classes)
            : DatasetShape.Of(request.Dataset);
        string model = _folder.Of(runId, index, ".py");
        await File.WriteAllTextAsync(
            model, PyTorchModule.Write(new ExportedCell(index, new NetworkShape(16, 5, shape.Resolution, shape.Classes))),
            cancellationToken);
        return model;
    }

    private static async Task<(int ExitCode, string Output, double Seconds)> RunAsync(
        string line, string log, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new("cmd.exe", ["/c", line]) : new("/bin/sh", ["-c", line]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            await File.AppendAllTextAsync(log, $"$ {line}\n{output}{await errors}", CancellationToken.None);
            return (process.ExitCode, output, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>What the last line that is not empty says, or null where it is no JSON.</summary>
    private static TrainerLine? Read(string output)
    {
        try
        {
            string last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var text]
                ? text
                : "";
            return JsonSerializer.Deserialize<TrainerLine>(last);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record TrainerLine(
        [property: JsonPropertyName("accuracy")] double? Accuracy, [property: JsonPropertyName("latency_ms")] double? LatencyMs);
}
