using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Storage.AzureTables;

public sealed class EntityBatcherTests
{
    // Sizes of texts from none to the largest, those at the ends often.
    private static readonly Gen<int> Lengths = Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 200), Gen.Choose(0, EntityLimits.MaxTextLength), Gen.Constant(EntityLimits.MaxTextLength));

    [Fact]
    public void Batches_keep_every_operation_in_order_and_hold_to_the_services_limits() => Prop.ForAll(
        Gen.Choose(0, 350).SelectMany(count => Lengths.ListOf(count)).ToArbitrary(),
        lengths =>
        {
            TableTransactionAction[] operations = [.. lengths.Select((length, number) => Operation($"r{number}", new string('a', length)))];
            IReadOnlyList<IReadOnlyList<TableTransactionAction>> batches = EntityBatcher.Split(operations);
            batches.SelectMany(batch => batch).ShouldBe(operations);
            foreach (IReadOnlyList<TableTransactionAction> batch in batches)
            {
                batch.Count.ShouldBeInRange(1, 100);
                batch.Sum(RequestSize.Of).ShouldBeLessThan(4 * 1024 * 1024);
            }
        }).ShouldHold();

    [Fact]
    public void No_two_neighbouring_batches_could_have_been_one() => Prop.ForAll(
        Gen.Choose(0, 350).SelectMany(count => Lengths.ListOf(count)).ToArbitrary(),
        lengths =>
        {
            IReadOnlyList<IReadOnlyList<TableTransactionAction>> batches =
                EntityBatcher.Split(lengths.Select((length, number) => Operation($"r{number}", new string('a', length))));
            foreach ((IReadOnlyList<TableTransactionAction> first, IReadOnlyList<TableTransactionAction> second) in batches.Zip(batches.Skip(1)))
            {
                bool full = first.Count == EntityBatcher.MaxOperations || first.Append(second[0]).Sum(RequestSize.Of) > EntityBatcher.MaxBytes - 2048;
                full.ShouldBeTrue("the first operation of a batch should not have fitted into the one before");
            }
        }).ShouldHold();

    [Fact]
    public void A_row_that_stands_twice_is_refused_wherever_it_stands() => Prop.ForAll(
        (from count in Gen.Choose(2, 300) from first in Gen.Choose(0, count - 1) from second in Gen.Choose(0, count - 1) where first != second select (count, first, second)).ToArbitrary(),
        places =>
        {
            TableTransactionAction[] operations =
                [.. Enumerable.Range(0, places.count).Select(number => Operation($"r{(number == places.second ? places.first : number)}"))];
            Should.Throw<ArgumentException>(() => EntityBatcher.Split(operations)).Message.ShouldContain($"'r{places.first}' stands twice");
        }).ShouldHold();

    [Fact]
    public void Operations_on_two_partitions_are_refused() => Prop.ForAll(
        (from count in Gen.Choose(2, 300) from place in Gen.Choose(1, count - 1) select (count, place)).ToArbitrary(),
        stranger =>
        {
            TableTransactionAction[] operations =
                [.. Enumerable.Range(0, stranger.count).Select(number => Operation($"r{number}", partition: number == stranger.place ? "q" : "p"))];
            Should.Throw<ArgumentException>(() => EntityBatcher.Split(operations)).Message.ShouldContain("one partition key");
        }).ShouldHold();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(200, 2)]
    [InlineData(1_234, 13)]
    public void Small_entities_go_100_to_a_batch(int entities, int batches) =>
        EntityBatcher.Split(Enumerable.Range(0, entities).Select(number => Operation($"r{number}"))).Count.ShouldBe(batches);

    [Fact]
    public void Texts_that_the_client_escapes_count_six_bytes_a_character()
    {
        // 32,000 characters are 192 kB in a request: 21 of them fit into 4 MiB, and 100 would be 19 MB.
        IReadOnlyList<IReadOnlyList<TableTransactionAction>> batches =
            EntityBatcher.Split(Enumerable.Range(0, 100).Select(number => Operation($"r{number}", new string('漢', 32_000))));
        batches[0].Count.ShouldBe(21);
    }

    [Fact]
    public void An_entity_over_the_limits_is_refused() =>
        Should.Throw<ArgumentException>(() => EntityBatcher.Split([Operation("r", new string('a', EntityLimits.MaxTextLength + 1))])).Message.ShouldContain("Body has");

    [Fact]
    public void An_entity_that_cannot_be_measured_is_refused() =>
        Should.Throw<ArgumentException>(() => EntityBatcher.Split([new(TableTransactionActionType.Add, new OtherEntity())])).Message.ShouldContain("OtherEntity cannot be measured");

    private static TableTransactionAction Operation(string row, string text = "", string partition = "p")
        => new(TableTransactionActionType.UpsertReplace, new TableEntity(partition, row) { ["Body"] = text });

    private sealed class OtherEntity : ITableEntity
    {
        public string PartitionKey { get; set; } = "p";

        public string RowKey { get; set; } = "r";

        public DateTimeOffset? Timestamp { get; set; }

        public Azure.ETag ETag { get; set; }
    }
}
