using Microsoft.Data.Sqlite;
using PelNas.Local.Engine.History;

namespace PelNas.Local.Tests.Engine.Faults;

public sealed class HistoryFileTests : EngineTest
{
    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        File.WriteAllText(HistoryPath, new string('x', 5000));

        Should.Throw<HistoryFileException>(Open).Message.ShouldBe(
            $"The history file '{HistoryPath}' is damaged or not a history file. Move it away together with its -wal and -shm "
            + "files, or restore "
            + "it from a copy, and start again.");
        File.ReadAllText(HistoryPath).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task A_file_with_a_damaged_page_is_refused_at_the_start()
    {
        Functions.Orchestrator("Echo", c => Task.FromResult(c.GetInput<string>()));
        await using (TestEngine engine = await StartAsync())
        {
            await engine.Client.RunAsync("Echo", new string('e', 100_000));
        }

        using (FileStream file = File.OpenWrite(HistoryPath))
        {
            for (int page = 1; page < file.Length / 4096; page++)
            {
                file.Position = page * 4096L;
                file.Write(new byte[16]);
            }
        }

        Should.Throw<HistoryFileException>(Open).Message.ShouldContain("is damaged");
    }

    [Fact]
    public void Files_of_others_of_the_former_engine_and_of_later_versions_are_refused_with_what_to_do()
    {
        Execute("CREATE TABLE other (id INTEGER)");
        Should.Throw<HistoryFileException>(Open).Message.ShouldContain("database of another program");

        Execute("PRAGMA application_id = 1347306568; PRAGMA user_version = 2");
        Should.Throw<HistoryFileException>(Open).Message.ShouldContain("Finish what runs in it with that version, or delete or rename");

        File.Delete(HistoryPath);
        Open();
        Execute("PRAGMA user_version = 7");
        Should.Throw<HistoryFileException>(Open).Message.ShouldContain("has version 7, but this program knows versions up to 1");
    }

    [Fact]
    public void A_file_another_program_has_locked_is_refused_and_works_afterwards()
    {
        Open();
        using (HistoryConnection other = new(HistoryPath, canWrite: true))
        {
            other.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
            Should.Throw<HistoryFileException>(Open).Message.ShouldContain("is locked by another program");
        }

        Should.NotThrow(Open);
    }

    [Theory]
    [InlineData("PRAGMA max_page_count = 60", "disk is full")]
    [InlineData("PRAGMA query_only = 1", "cannot be written")]
    public async Task A_change_that_cannot_be_written_ends_the_engine_and_the_next_start_goes_on(string fault, string message)
    {
        Functions
            .Orchestrator("Grows", async c => (await c.CallActivityAsync<string>("Large", 1)).Length)
            .Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"))
            .Activity<int, string>("Large", _ => new string('x', 500_000));
        await using (TestEngine engine = await StartAsync())
        {
            await engine.Client.ScheduleAsync("Waits", id: "waits");
            Task<OrchestrationMetadata> wait = engine.Client.WaitForInstanceCompletionAsync("waits", Cancellation);
            await engine.Client.ScheduleAsync("Grows", id: "grows");
            await engine.Service.File.ChangeAsync(changes => changes.Connection.Execute(fault));
            await Record.ExceptionAsync(() => engine.Client.ScheduleAsync("Waits", new string('x', 500_000), "large"));

            HistoryFileException e = await Should.ThrowAsync<HistoryFileException>(() => Awaiting.For(engine.Host.ExecuteTask!, "the end"));
            e.Message.ShouldContain(message);
            (await Should.ThrowAsync<HistoryFileException>(() => engine.Client.GetInstanceAsync("waits", Cancellation))).ShouldBeSameAs(e);
            (await Should.ThrowAsync<HistoryFileException>(() => Awaiting.For(wait, "the wait's end"))).ShouldBeSameAs(e);
        }

        await using TestEngine again = await StartAsync();
        (await again.Client.FinishAsync("grows")).ReadOutputAs<int>().ShouldBe(500_000);
        (await again.Client.GetInstanceAsync("large", Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData(3, "write access")]
    [InlineData(6, "locked by another program")]
    [InlineData(10, "Check the disk")]
    [InlineData(14, "cannot be opened or created")]
    [InlineData(20, "gave an error")]
    public void Every_error_names_the_file_and_what_to_do(int code, string advice)
    {
        HistoryFileException e = HistoryFileException.From("/data/history.db", new SqliteException("message", code));

        e.Message.ShouldStartWith("The history file '/data/history.db' ");
        e.Message.ShouldContain(advice);
    }

    [Theory]
    [InlineData("4711", "4711")]
    [InlineData("", "(unknown)")]
    [InlineData(null, "(unknown)")]
    public void A_second_process_is_told_who_has_the_file_as_far_as_it_is_known(string? owner, string said)
    {
        using IDisposable first = HistoryFileLock.Take(HistoryPath);
        File.Delete(HistoryPath + ".owner");
        if (owner is not null)
        {
            File.WriteAllText(HistoryPath + ".owner", owner);
        }

        Should.Throw<HistoryFileException>(Open).Message.ShouldContain($"is in use by process {said}.");
    }

    [Fact]
    public void Files_left_behind_by_a_dead_process_do_no_harm()
    {
        File.WriteAllText(HistoryPath + ".lock", string.Empty);
        File.WriteAllText(HistoryPath + ".owner", "999999");

        Should.NotThrow(Open);
        File.Exists(HistoryPath + "-wal").ShouldBeFalse();
    }

    private void Open() => new HistoryFile(HistoryPath, [], TimeProvider.System, _ => { }).Dispose();

    private void Execute(string sql)
    {
        using HistoryConnection other = new(HistoryPath, canWrite: true);
        other.Execute(sql);
    }
}
