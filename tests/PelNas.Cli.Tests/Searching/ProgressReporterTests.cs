using Microsoft.Extensions.Time.Testing;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows.Sqlite;

namespace PelNas.Cli.Tests.Searching;

/// <summary>Progress on a terminal and in a pipe, by a clock that the test moves.</summary>
public sealed class ProgressReporterTests : PelnasTest
{
    [Theory]
    [InlineData(80, "gen  0/10  waiting 4 s for the seeds (0 of 2 partitions done)")]
    [InlineData(31, "gen  0/10  waiting 4 s for the")]
    [InlineData(null, "")]
    public async Task A_terminal_shows_what_is_waited_for_and_a_pipe_only_what_is_finished(int? columns, string shown)
    {
        FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(4) };
        RunRepository runs = new(new SqliteRowStore(Pelnas.In("rows.db")));
        await runs.AddAsync(WaitingTests.Run, Cancellation);
        using StringWriter output = new();
        TaskCompletionSource ended = new();
        Task following = new ProgressReporter(runs, time, output, columns).FollowAsync(WaitingTests.Run.RunId, ended.Task, Cancellation);
        ended.SetResult();
        await following;

        // The line is erased before it is written, and at the end.
        output.ToString().Split(Environment.NewLine)[1..].ShouldBe([columns is null ? "" : $"\r\e[K{shown}\r\e[K"]);
    }
}
