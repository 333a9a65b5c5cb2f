using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Tests.Storage.Rows.Sqlite;

/// <summary>The conformance suite on SQLite, and what only a file can suffer.</summary>
public sealed class SqliteRowStoreTests : RowStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteRowStore> _opened = [];

    private string File => _folder.File("rows.db");

    public void Dispose()
    {
        CloseAll();
        _folder.Dispose();
    }

    protected override IRowStore Open() => OpenFile(File);

    [Fact]
    public async Task Folder_and_file_are_created_the_file_for_its_owner_alone()
    {
        SqliteRowStore store = OpenFile(_folder.File("a/b/:memory:"));
        System.IO.File.Exists(store.Location).ShouldBeFalse("nothing is opened yet");
        await PutAsync(store);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in (string[])[store.Location, store.Location + "-wal", store.Location + "-shm"])
            {
                System.IO.File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }
    }

    [Fact]
    public async Task Instances_that_start_on_the_same_new_file_all_work()
    {
        SqliteRowStore[] stores = [.. Enumerable.Range(0, 6).Select(_ => OpenFile(File))];
        await AtOnce(stores.Length, number => stores[number].TryPutAsync(Id(Number(number)), "{}", RowCondition.Absent, Cancellation));
        (await KeysAsync(All())).Length.ShouldBe(stores.Length);
    }

    [Fact]
    public async Task A_write_is_on_disk_before_it_is_done()
    {
        await PutAsync(Store);
        // What a process that is killed now leaves behind: the files as they are, without any closing.
        string copy = _folder.File("copy.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        (await OpenFile(copy).GetAsync(Id("a"), Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_disposed_store_has_written_what_waited_and_lets_go_of_its_file()
    {
        SqliteRowStore store = OpenFile(File);
        Task<string?>[] writes = [.. Enumerable.Range(0, 50).Select(number => PutAsync(store, Number(number)))];
        CloseAll();
        (await Task.WhenAll(writes)).ShouldAllBe(etag => etag != null);
        System.IO.File.Exists(File + "-wal").ShouldBeFalse("the log is folded into the file when the last connection closes");
        await Should.ThrowAsync<ObjectDisposedException>(() => store.GetAsync(Id("a"), Cancellation));
        await Should.ThrowAsync<ObjectDisposedException>(() => store.TryPutAsync(Id("a"), "{}", RowCondition.Any, Cancellation));
        (await KeysAsync(All())).Length.ShouldBe(50);
    }

    [Fact]
    public async Task A_file_locked_by_another_process_is_reported_to_all_who_write_and_held_up_no_reader()
    {
        SqliteRowStore store = OpenFile(File, TimeSpan.Zero);
        await PutAsync(store);
        await using SqliteConnection other = new($"Data Source={File};Pooling=False");
        await other.OpenAsync(Cancellation);
        await using (SqliteTransaction writing = other.BeginTransaction())
        {
            Task[] writes = [.. Enumerable.Range(0, 5).Select(number => PutAsync(store, Number(number)))];
            foreach (Task write in writes)
            {
                StoreException fault = await Should.ThrowAsync<StoreException>(() => write);
                fault.Message.ShouldContain("is locked by another process");
                fault.Kind.ShouldBe(StoreFaultKind.Passing);
            }

            (await store.GetAsync(Id("a"), Cancellation)).ShouldNotBeNull();
        }

        await PutAsync(store);
        (await KeysAsync(All())).ShouldBe(["a"], "a write that failed is not made later");
    }

    [Fact]
    public async Task A_writer_that_is_cancelled_while_it_waits_is_let_go()
    {
        SqliteRowStore store = OpenFile(File);
        await PutAsync(store);
        await using SqliteConnection other = new($"Data Source={File};Pooling=False");
        await other.OpenAsync(Cancellation);
        await using SqliteTransaction writing = other.BeginTransaction();
        using CancellationTokenSource source = new();
        Task write = store.TryPutAsync(Id("b"), "{}", RowCondition.Any, source.Token);
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => write);
    }

    [Fact]
    public async Task A_read_only_file_is_reported()
    {
        await PutAsync(Store);
        CloseAll();
        await using (FileStream stream = new(File, FileMode.Open))
        {
            // The file format's write version: SQLite writes to none that is newer than itself, whatever rights the user has.
            stream.Position = 18;
            stream.WriteByte(3);
        }

        StoreException fault = await Should.ThrowAsync<StoreException>(() => PutAsync(OpenFile(File)));
        fault.Message.ShouldContain("is read-only");
        fault.Message.ShouldContain(File);
        fault.Kind.ShouldBe(StoreFaultKind.Lasting);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_reported_and_left_as_it_is()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000), Cancellation);
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Store.GetAsync(Id("a"), Cancellation));
        fault.Message.ShouldContain("damaged or is not a SQLite database");
        (await System.IO.File.ReadAllTextAsync(File, Cancellation)).ShouldBe(new string('x', 10_000));
    }

    [Fact]
    public async Task A_damaged_file_is_reported()
    {
        await Store.TryPutBatchAsync(Table, Partition, Numbered(500, number => Noise(500, number)), Cancellation);
        CloseAll();
        await using (FileStream stream = new(File, FileMode.Open))
        {
            stream.Length.ShouldBeGreaterThan(100_000);
            stream.Position = 4096;
            await stream.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)stream.Length - 4096).ToArray(), Cancellation);
        }

        (await Should.ThrowAsync<StoreException>(() => OpenFile(File).GetAsync(Id("a"), Cancellation))).Message.ShouldContain("is damaged");
    }

    [Fact]
    public async Task A_damaged_row_is_reported_with_its_keys()
    {
        await PutAsync(Store);
        Execute("UPDATE rows SET body = x'FF00'");
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Store.GetAsync(Id("a"), Cancellation));
        fault.Message.ShouldContain($"holds a row that cannot be read ({Id("a")}");
        fault.Message.ShouldContain(File);
        await Should.ThrowAsync<StoreException>(async () => await Store.QueryAsync(All(), Cancellation).CountAsync(Cancellation));
        (await KeysAsync(All() with { KeysOnly = true })).ShouldBe(["a"], "so that it can be deleted");
    }

    [Fact]
    public async Task A_folder_under_the_name_of_the_file_is_reported_and_the_next_call_tries_again()
    {
        Directory.CreateDirectory(File);
        (await Should.ThrowAsync<StoreException>(() => Store.GetAsync(Id("a"), Cancellation))).Message.ShouldContain("cannot be opened");
        await Should.ThrowAsync<StoreException>(() => PutAsync(Store));
        Directory.Delete(File);
        await PutAsync(Store);
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_reported()
    {
        await System.IO.File.WriteAllTextAsync(_folder.File("file"), "", Cancellation);
        SqliteRowStore store = OpenFile(_folder.File("file/rows.db"));
        StoreException fault = await Should.ThrowAsync<StoreException>(() => PutAsync(store));
        fault.Message.ShouldContain(store.Location);
        fault.Message.ShouldContain("has no folder");
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
        (await Should.ThrowAsync<StoreException>(() => PutAsync(Store))).Message.ShouldContain("of another program");
        Execute("SELECT x FROM theirs");
        Should.Throw<SqliteException>(() => Execute("SELECT * FROM rows"));
    }

    [Fact]
    public async Task A_file_of_the_former_layout_is_refused_with_what_to_do()
    {
        Execute("CREATE TABLE runs (x); PRAGMA application_id = 1346718798; PRAGMA user_version = 6");
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Store.GetAsync(Id("a"), Cancellation));
        fault.Message.ShouldContain("has layout 6, and this program reads layout 7");
        fault.Message.ShouldContain("Move the file away to start with an empty store");
        Execute("SELECT * FROM runs");
    }

    [Fact]
    public async Task A_file_of_a_newer_layout_is_refused_with_both_layouts()
    {
        await PutAsync(Store);
        Execute("PRAGMA user_version = 99");
        StoreException fault = await Should.ThrowAsync<StoreException>(() => OpenFile(File).GetAsync(Id("a"), Cancellation));
        fault.Message.ShouldContain("has layout 99, and this program reads layout 7");
        fault.Message.ShouldContain("Update the program");
    }

    private static Task<string?> PutAsync(IRowStore store, string key = "a")
        => store.TryPutAsync(Id(key), "{}", RowCondition.Any, Cancellation);

    private SqliteRowStore OpenFile(string file, TimeSpan? busyTimeout = null)
    {
        SqliteRowStore store = new(file, busyTimeout);
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
