using Microsoft.Data.Sqlite;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.History;

public sealed class HistoryStoreTests : DurableTest
{
    [Fact]
    public void The_folder_is_made_and_a_store_can_be_opened_again()
    {
        string path = Path.Combine(File.Folder, "deep", "er", "history.db");

        new HistoryStore(path, []).Dispose();
        using HistoryStore again = new(path, []);

        again.Path.ShouldBe(path);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        System.IO.File.WriteAllText(File.Path, new string('x', 5000));

        HistoryFileException e = Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, []));

        e.Message.ShouldBe($"The history file '{File.Path}' is damaged or not a history file. Move it away together with its -wal and -shm files, or restore it from a copy, and start again.");
        System.IO.File.ReadAllText(File.Path).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task A_file_with_a_damaged_page_is_refused_at_the_start()
    {
        Functions.Orchestrator("Echo", c => Task.FromResult(c.GetInput<string>()));
        await using (DurableHost host = await StartAsync())
        {
            await host.RunAsync("Echo", new string('e', 100_000));
        }

        using (FileStream file = System.IO.File.OpenWrite(File.Path))
        {
            for (int page = 1; page < file.Length / 4096; page++)
            {
                file.Position = page * 4096L;
                file.Write(new byte[16]);
            }
        }

        Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, [])).Message.ShouldContain("is damaged");
    }

    [Fact]
    public void Another_programs_database_is_refused()
    {
        Execute("CREATE TABLE other (id INTEGER)");

        Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, [])).Message.ShouldContain("database of another program");
    }

    [Fact]
    public void A_later_version_is_refused_with_both_versions()
    {
        new HistoryStore(File.Path, []).Dispose();
        Execute("PRAGMA user_version = 7");

        Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, [])).Message
            .ShouldContain($"has version 7, but this program knows versions up to {HistorySchema.Version}");
    }

    [Fact]
    public void A_file_another_program_has_locked_is_refused_and_works_afterwards()
    {
        new HistoryStore(File.Path, []).Dispose();
        using (SqliteConnection other = Connect())
        {
            new SqliteCommand("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", other).ExecuteNonQuery();
            Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, [])).Message.ShouldContain("is locked by another program");
        }

        Should.NotThrow(() => new HistoryStore(File.Path, []).Dispose());
    }

    [Fact]
    public async Task A_full_disk_undoes_the_whole_call_and_the_next_one_works_again()
    {
        Functions.Orchestrator("Echo", c => Task.FromResult(c.GetInput<string>()!.Length));
        await using DurableHost host = await StartAsync();
        host.Store.Read(c => c.Execute("PRAGMA max_page_count = 30"));
        string large = new('x', 500_000);

        HistoryFileException e = await Should.ThrowAsync<HistoryFileException>(() => host.ScheduleAsync("Echo", large, "large"));

        e.Path.ShouldBe(File.Path);
        e.Message.ShouldContain("disk is full");
        (await host.Client.GetInstanceAsync("large", Cancellation)).ShouldBeNull();
        host.Store.Read(c => c.Execute("PRAGMA max_page_count = 1000000"));
        (await host.RunAsync("Echo", large, "large")).ReadOutputAs<int>().ShouldBe(500_000);
    }

    [Fact]
    public async Task A_disk_that_fills_up_during_a_run_stops_the_engine_and_the_next_start_goes_on()
    {
        Functions
            .Orchestrator("Grows", async c => (await c.CallActivityAsync<string>("Large", 1)).Length)
            .Activity<int, string>("Large", _ => new string('x', 500_000));
        await using (DurableHost host = await StartAsync())
        {
            host.Store.Read(c => c.Execute("PRAGMA max_page_count = 30"));
            await host.ScheduleAsync("Grows", id: "grows");
            await Should.ThrowAsync<HistoryFileException>(() => Awaiting.For(host.Engine.ExecuteTask!, "the engine's end"));
        }

        await using DurableHost again = await StartAsync();
        (await again.FinishAsync("grows")).ReadOutputAs<int>().ShouldBe(500_000);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_says_so()
    {
        await using DurableHost host = await StartAsync();
        host.Store.Read(c => c.Execute("PRAGMA query_only = 1"));

        (await Should.ThrowAsync<HistoryFileException>(() => host.ScheduleAsync("Any"))).Message.ShouldContain("cannot be written");
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

    [Fact]
    public void A_closed_store_says_so()
    {
        HistoryStore store = new(File.Path, []);
        store.Dispose();

        Should.Throw<ObjectDisposedException>(() => store.Read(_ => 1));
        Should.NotThrow(store.Dispose);
    }

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={File.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
