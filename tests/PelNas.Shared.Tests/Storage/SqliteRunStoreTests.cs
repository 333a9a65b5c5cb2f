using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Storage;

/// <summary>The conformance suite on SQLite, and what only a file can suffer.</summary>
public sealed class SqliteRunStoreTests : RunStoreConformance, IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly List<SqliteRunStore> _opened = [];

    private string File => _folder.File("runs.db");

    public void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    protected override IRunStore Open() => OpenFile(File);

    [Fact]
    public async Task The_folder_of_the_file_is_created()
    {
        SqliteRunStore store = OpenFile(_folder.File("a/b/runs.db"));
        await store.PutRunAsync(StoreSamples.Run(), Token);
        System.IO.File.Exists(store.File).ShouldBeTrue();
    }

    [Fact]
    public async Task Names_that_SQLite_gives_a_meaning_to_are_plain_files()
    {
        SqliteRunStore store = OpenFile(_folder.File(":memory:"));
        await store.PutRunAsync(StoreSamples.Run(), Token);
        System.IO.File.Exists(store.File).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_instances_that_start_on_the_same_new_file_both_work()
    {
        SqliteRunStore[] stores = [.. Enumerable.Range(0, 6).Select(_ => OpenFile(File))];
        await AtOnce(stores.Length, number => stores[number].PutRunAsync(StoreSamples.Run($"20260301-12000{number}-a"), Token));
        (await Store.ListRunsAsync(10, null, Token)).Runs.Count.ShouldBe(stores.Length);
    }

    [Fact]
    public async Task A_reader_sees_the_version_in_force_whole_even_while_it_is_rewritten()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 60), Token);
        bool done = false;
        await AtOnce(2, async role =>
        {
            if (role == 0)
            {
                for (int time = 0; time < 30; time++)
                {
                    await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, time % 2 == 0 ? 7 : 60), Token);
                }

                Volatile.Write(ref done, true);
                return;
            }

            bool final;
            do
            {
                final = Volatile.Read(ref done);
                (await Store.GetFrontAsync(RunId, null, Token))!.Points.Count.ShouldBeOneOf(7, 60);
            }
            while (!final);
        });
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_reported_with_its_name_and_the_fix()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000), Token);
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Store.GetRunAsync(RunId, Token));
        fault.Message.ShouldContain(File);
        fault.Message.ShouldContain("damaged or is not a SQLite database");
        fault.Fix.ShouldContain("backup");
        (await System.IO.File.ReadAllTextAsync(File, Token)).ShouldBe(new string('x', 10_000));
    }

    [Fact]
    public async Task A_damaged_file_is_reported()
    {
        await Store.MergeCandidatesAsync(RunId, 0, [.. Enumerable.Range(0, 2_000).Select(StoreSamples.Candidate)], Token);
        CloseAll();
        await using (FileStream stream = new(File, FileMode.Open))
        {
            stream.Length.ShouldBeGreaterThan(100_000);
            stream.Position = 4096;
            await stream.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)stream.Length - 4096).ToArray(), Token);
        }

        StoreException fault = await Should.ThrowAsync<StoreException>(() => OpenFile(File).GetCandidatesAsync(RunId, 0, Token));
        fault.Message.ShouldContain("is damaged");
    }

    [Fact]
    public async Task A_row_that_is_damaged_is_reported_with_the_run_it_belongs_to()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        Execute("UPDATE runs SET body = '{\"runId\":'");
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Store.GetRunAsync(RunId, Token));
        fault.Message.ShouldContain("holds a row that cannot be read");
        fault.Message.ShouldContain(RunId);
        fault.Message.ShouldContain(File);
    }

    [Fact]
    public async Task A_file_locked_by_another_process_is_reported_after_the_busy_timeout()
    {
        SqliteRunStore store = OpenFile(File, TimeSpan.Zero);
        await store.PutRunAsync(StoreSamples.Run(), Token);
        await using SqliteConnection other = new($"Data Source={File};Pooling=False");
        await other.OpenAsync(Token);
        await using (SqliteTransaction writing = other.BeginTransaction())
        {
            StoreException fault = await Should.ThrowAsync<StoreException>(() => store.PutRunAsync(StoreSamples.Run(), Token));
            fault.Message.ShouldContain("is locked by another process");
            // Readers are not held up by a writer.
            (await store.GetRunAsync(RunId, Token)).ShouldNotBeNull();
        }

        await store.PutRunAsync(StoreSamples.Run(), Token);
    }

    [Fact]
    public async Task A_folder_under_the_name_of_the_file_is_reported()
    {
        Directory.CreateDirectory(File);
        (await Should.ThrowAsync<StoreException>(() => Store.GetRunAsync(RunId, Token))).Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_reported()
    {
        await System.IO.File.WriteAllTextAsync(_folder.File("file"), "", Token);
        SqliteRunStore store = OpenFile(_folder.File("file/runs.db"));
        StoreException fault = await Should.ThrowAsync<StoreException>(() => store.PutRunAsync(StoreSamples.Run(), Token));
        fault.Message.ShouldContain(store.File);
        fault.Message.ShouldContain("has no folder");
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
        (await Should.ThrowAsync<StoreException>(() => Store.PutRunAsync(StoreSamples.Run(), Token))).Message.ShouldContain("of another program");
        Execute("SELECT x FROM theirs");
        Should.Throw<SqliteException>(() => Execute("SELECT * FROM runs"));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_with_both_versions()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        Execute("PRAGMA user_version = 99");
        StoreException fault = await Should.ThrowAsync<StoreException>(() => OpenFile(File).GetRunAsync(RunId, Token));
        fault.Message.ShouldContain("has schema version 99, and this program reads version 6");
        fault.Fix.ShouldContain("Update the program");
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_brought_up_to_date_with_all_that_is_in_it()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        await Store.MergeCandidatesAsync(RunId, 0, [StoreSamples.Candidate(1) with { PredictedGeneration = null }], Token);
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), "answer", Token);
        Execute("ALTER TABLE candidates DROP COLUMN predicted_generation; DROP INDEX chat_answers_by_age; ALTER TABLE chat_answers DROP COLUMN written_at");
        Execute("DROP TABLE claims; DROP TABLE device_tables; DROP TABLE device_table_pointers; DROP TABLE sweeps; DROP TABLE watchdog; DROP TABLE budgets; DROP TABLE proxy_scores; DROP TABLE tombstones; PRAGMA user_version = 1");
        SqliteRunStore store = OpenFile(File);
        ShouldBeSame(await store.GetRunAsync(RunId, Token), StoreSamples.Run());
        ShouldBeSame<IReadOnlyList<CandidateRow>>(await store.GetCandidatesAsync(RunId, 0, Token), [StoreSamples.Candidate(1) with { PredictedGeneration = null }]);
        (await store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBe("answer");
        (await store.DeleteChatAnswersAsync(TimeProvider.System.GetUtcNow().AddHours(-1), 10, Token)).ShouldBe(0, "its age counts from now on");
        (await store.ClaimAsync("key", "value", Token)).ShouldBe("value");
        (await store.DeleteClaimsAsync(TimeProvider.System.GetUtcNow().AddHours(-1), 10, Token)).ShouldBe(0);
        (await store.ListDeviceTablesAsync(Token)).ShouldBeEmpty();
        (await store.GetSweepAsync("sweep-20260301", Token)).ShouldBeNull();
        (await OpenFile(File).ClaimAsync("key", "other", Token)).ShouldBe("value");
    }

    [Fact]
    public async Task A_failed_start_is_tried_again_at_the_next_call()
    {
        Directory.CreateDirectory(File);
        await Should.ThrowAsync<StoreException>(() => Store.GetRunAsync(RunId, Token));
        Directory.Delete(File);
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        (await Store.GetRunAsync(RunId, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Commits_are_on_disk_before_a_write_is_done()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        // What a process that is killed now leaves behind: the files as they are, without any closing.
        string copy = _folder.File("copy.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        (await OpenFile(copy).GetRunAsync(RunId, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_disposed_store_lets_go_of_its_file()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        CloseAll();
        System.IO.File.Exists(File + "-wal").ShouldBeFalse("the log is folded into the file when the last connection closes");
    }

    private SqliteRunStore OpenFile(string file, TimeSpan? busyTimeout = null)
    {
        SqliteRunStore store = new(file, busyTimeout);
        _opened.Add(store);
        return store;
    }

    private void CloseAll()
    {
        _opened.ForEach(store => store.Dispose());
        _opened.Clear();
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
