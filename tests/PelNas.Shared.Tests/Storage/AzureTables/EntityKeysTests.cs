using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>Keys of every kind in batches: outside ASCII and outside the first plane, halves of surrogate pairs, what the service refuses, and lengths to the character.</summary>
public sealed class EntityKeysTests
{
    private static readonly Gen<string> Legal = Gen.OneOf(
        Gen.Elements("a", "Z", "0", "-", ":", " ", "'", "\"", "%", "&", "+", "<"), Gen.Elements("\u00E9", "\u6F22", "\u2028", "\uFEFF", "\U0001F9E0", "\U0010FFFF"));

    private static readonly Gen<string> Any = Gen.OneOf(
        Legal, Legal, Legal, Gen.Elements("/", "\\", "#", "?", "\0", "\t", "\n", "\u001F", "\u007F", "\u009F", "\uD83E", "\uDDE0"));

    [Fact]
    public void A_key_is_kept_as_it_is_or_refused_by_name() => Prop.ForAll(
        (from partition in Keys(Any) from row in Keys(Any) select (partition, row)).ToArbitrary(),
        keys =>
        {
            TableTransactionAction operation = Operation(keys.partition, keys.row);
            if (IsTaken(keys.partition) && IsTaken(keys.row))
            {
                ITableEntity kept = EntityBatcher.Split([operation]).ShouldHaveSingleItem().ShouldHaveSingleItem().Entity;
                (kept.PartitionKey, kept.RowKey).ShouldBe(keys);
            }
            else
            {
                Should.Throw<ArgumentException>(() => EntityBatcher.Split([operation])).ParamName.ShouldBe(IsTaken(keys.partition) ? "RowKey" : "PartitionKey");
            }
        }).ShouldHold();

    [Fact]
    public void Batches_with_such_keys_keep_every_operation_in_order_and_hold_to_the_services_limits() => Prop.ForAll(
        (from partition in Keys(Legal)
         where IsTaken(partition)
         from row in Keys(Legal)
         where IsTaken(row)
         from count in Gen.Choose(1, 350)
         from length in Gen.Elements(0, 1, 9_000, 32_000)
         select (partition, row, count, length)).ToArbitrary(),
        sample =>
        {
            // A number in the place of what it would make too long, so that a row stands once and the longest keys are kept.
            TableTransactionAction[] operations =
                [.. Enumerable.Range(0, sample.count).Select(number => Operation(sample.partition, $"{number:D3}{Cut(sample.row, 509)}", new string('\u6F22', sample.length)))];
            IReadOnlyList<IReadOnlyList<TableTransactionAction>> batches = EntityBatcher.Split(operations);
            batches.SelectMany(batch => batch).ShouldBe(operations);
            foreach (IReadOnlyList<TableTransactionAction> batch in batches)
            {
                batch.Count.ShouldBeInRange(1, 100);
                batch.Sum(BytesOf).ShouldBeLessThan(4 * 1024 * 1024);
            }
        }).ShouldHold();

    [Fact]
    public void The_reckoned_size_of_an_operation_bounds_what_its_keys_and_text_take() => Prop.ForAll(
        (from partition in Keys(Legal) where IsTaken(partition) from row in Keys(Legal) where IsTaken(row) from text in Keys(Legal) where IsTaken(text) select (partition, row, text)).ToArbitrary(),
        sample =>
        {
            TableTransactionAction operation = Operation(sample.partition, sample.row, sample.text);
            RequestSize.Of(operation).ShouldBeGreaterThan(BytesOf(operation));
        }).ShouldHold();

    [Theory]
    [InlineData("'")]
    [InlineData("%")]
    [InlineData("\u6F22")]
    [InlineData("\U0001F9E0")]
    public void The_reckoned_size_bounds_the_longest_keys_of_one_character(string piece)
    {
        string key = string.Concat(Enumerable.Repeat(piece, 512))[..512];
        TableTransactionAction operation = Operation(key, key);
        RequestSize.Of(operation).ShouldBeGreaterThan(BytesOf(operation));
    }

    [Theory]
    [InlineData("a", 512, true)]
    [InlineData("a", 513, false)]
    [InlineData("\u6F22", 512, true)]
    [InlineData("\u6F22", 513, false)]
    [InlineData("\U0001F9E0", 512, true)]
    [InlineData("\U0001F9E0", 514, false)]
    // 512 characters, of which the last is half of a pair.
    [InlineData("a\U0001F9E0", 512, false)]
    public void Keys_are_measured_in_UTF16_and_whole_pairs(string piece, int length, bool isTaken)
    {
        string key = string.Concat(Enumerable.Repeat(piece, length))[..length];
        IsTaken(key).ShouldBe(isTaken);
        Action split = () => EntityBatcher.Split([Operation("p", key)]);
        if (isTaken)
        {
            Should.NotThrow(split);
        }
        else
        {
            Should.Throw<ArgumentException>(split).ParamName.ShouldBe("RowKey");
        }
    }

    /// <summary>Keys of lengths at and around the limit, and short ones. Where one is cut, half of a pair may end it.</summary>
    private static Gen<string> Keys(Gen<string> pieces) =>
        from length in Gen.OneOf(Gen.Elements(0, 1, 2, 511, 512, 513), Gen.Choose(3, 40))
        from parts in pieces.ListOf(length)
        select string.Concat(parts)[..length];

    /// <summary>What the service takes, by its documentation: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model</summary>
    private static bool IsTaken(string key)
    {
        if (key.Length is 0 or > 512 || key.AsSpan().ContainsAny("/\\#?"))
        {
            return false;
        }

        for (int at = 0; at < key.Length; at++)
        {
            if (char.IsHighSurrogate(key[at]) && at + 1 < key.Length && char.IsLowSurrogate(key[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(key[at]) || key[at] is < ' ' or (>= '\u007F' and <= '\u009F'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Cut(string text, int length)
        => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>Keys in the address of the part and in its JSON, and the text in the latter.</summary>
    private static int BytesOf(TableTransactionAction operation)
    {
        string[] keys = [operation.Entity.PartitionKey, operation.Entity.RowKey];
        return keys.Sum(key => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal)).Length)
            + Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(new { PartitionKey = keys[0], RowKey = keys[1], Body = ((TableEntity)operation.Entity)["Body"] }));
    }

    private static TableTransactionAction Operation(string partition, string row, string text = "")
        => new(TableTransactionActionType.UpsertReplace, new TableEntity(partition, row) { ["Body"] = text });
}
