using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Tests.Storage.Rows.Sqlite;

public sealed class SqliteFaultsTests
{
    [Theory]
    [InlineData(5, "locked", "try again")]
    [InlineData(6, "locked", "try again")]
    [InlineData(8, "read-only", "write access")]
    [InlineData(3, "read-only", "write access")]
    [InlineData(10, "disk I/O", "Check the disk")]
    [InlineData(11, "damaged", "backup")]
    [InlineData(26, "damaged", "backup")]
    [InlineData(13, "disk is full", "Free some space")]
    [InlineData(14, "cannot be opened", "folder exists")]
    public void Faults_of_the_file_name_file_fault_and_fix(int code, string fault, string fix)
    {
        StoreException? translated = SqliteFaults.Translate("/data/runs.db", new SqliteException("disk I/O error", code));
        translated.ShouldNotBeNull();
        translated.Message.ShouldContain("'/data/runs.db'");
        translated.Message.ShouldStartWith("The store '/data/runs.db' ");
        translated.Message.ShouldContain(fault);
        translated.Message.ShouldContain(fix);
        translated.InnerException.ShouldBeOfType<SqliteException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(20)]
    public void Mistakes_of_the_program_are_not_taken_for_faults_of_the_file(int code) =>
        SqliteFaults.Translate("/data/runs.db", new SqliteException("constraint", code)).ShouldBeNull();

    [Fact]
    public void Writing_through_a_read_only_connection_is_told_as_read_only()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("runs.db");
        using (SqliteConnection writer = new($"Data Source={file};Pooling=False"))
        {
            writer.Open();
            Run(writer, "CREATE TABLE t (x)");
        }

        using SqliteConnection reader = new($"Data Source={file};Mode=ReadOnly;Pooling=False");
        reader.Open();
        SqliteException exception = Should.Throw<SqliteException>(() => Run(reader, "INSERT INTO t VALUES (1)"));
        SqliteFaults.Translate(file, exception)!.Message.ShouldContain("is read-only");

        static void Run(SqliteConnection connection, string sql)
        {
            using SqliteCommand command = new(sql, connection);
            command.ExecuteNonQuery();
        }
    }
}
