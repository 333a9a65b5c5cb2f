using Azure.Data.Tables;

namespace PelNas.Shared.Tests.Storage.AzureTables;

public sealed class EntityLimitsTests
{
    [Fact]
    public void The_size_is_counted_as_the_service_documents_it() =>
        EntityLimits.Size(new TableEntity("pp", "r") { ["Text"] = "xyz", ["Whole"] = 1, ["Long"] = 1L, ["Number"] = 1.5, ["Flag"] = true, ["Bytes"] = new byte[10] })
            .ShouldBe(4 + (2 * 3) + (8 + 8 + 4 + 6) + (8 + 10 + 4) + (8 + 8 + 8) + (8 + 12 + 8) + (8 + 8 + 1) + (8 + 10 + 4 + 10));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u009Fb")]
    [InlineData("")]
    public void Keys_that_the_service_refuses_are_refused_by_name(string key)
    {
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity(key, "row"))).ParamName.ShouldBe("PartitionKey");
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity("partition", key))).ParamName.ShouldBe("RowKey");
    }

    [Fact]
    public void Keys_have_at_most_1_KiB_of_UTF16()
    {
        Should.NotThrow(() => EntityLimits.Check(new TableEntity(new string('p', 512), new string('漢', 512))));
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity(new string('p', 513), "row"))).ParamName.ShouldBe("PartitionKey");
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity("partition", new string('r', 513)))).ParamName.ShouldBe("RowKey");
    }

    [Fact]
    public void An_entity_has_at_most_252_properties_beside_the_systems_own()
    {
        TableEntity entity = new("partition", "row") { Timestamp = DateTimeOffset.UnixEpoch };
        for (int number = 0; number < 252; number++)
        {
            entity[$"P{number}"] = number;
        }

        Should.NotThrow(() => EntityLimits.Check(entity));
        entity["OneMore"] = 1;
        Should.Throw<ArgumentException>(() => EntityLimits.Check(entity)).Message.ShouldContain("253 properties");
    }

    [Fact]
    public void A_text_has_at_most_32_K_characters()
    {
        Should.NotThrow(() => EntityLimits.Check(new TableEntity("partition", "row") { ["Body"] = new string('漢', 32 * 1024) }));
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity("partition", "row") { ["Body"] = new string('a', (32 * 1024) + 1) }))
            .Message.ShouldContain("Body has 32769 characters");
    }

    [Fact]
    public void A_binary_property_has_at_most_64_KiB()
    {
        Should.NotThrow(() => EntityLimits.Check(new TableEntity("partition", "row") { ["Body"] = new byte[64 * 1024] }));
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity("partition", "row") { ["Body"] = new byte[(64 * 1024) + 1] }))
            .Message.ShouldContain("Body has 65537 bytes");
    }

    [Fact]
    public void An_entity_has_at_most_1_MiB_though_each_of_its_properties_is_small_enough()
    {
        // Fifteen properties of 64 KiB and what is left, to the byte.
        TableEntity entity = new("partition", "row");
        for (int number = 0; number < 15; number++)
        {
            entity[$"P{number:00}"] = new byte[64 * 1024];
        }

        entity["Rest"] = Array.Empty<byte>();
        int left = EntityLimits.MaxEntityBytes - EntityLimits.Size(entity);
        entity["Rest"] = new byte[left];
        EntityLimits.Size(entity).ShouldBe(1024 * 1024);
        Should.NotThrow(() => EntityLimits.Check(entity));
        entity["Rest"] = new byte[left + 1];
        Should.Throw<ArgumentException>(() => EntityLimits.Check(entity)).Message.ShouldContain("1048577 bytes");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Numbers_are_finite(double number) =>
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity("partition", "row") { ["LatencyMs"] = number })).Message.ShouldContain("LatencyMs is");

    [Fact]
    public void The_name_of_a_property_has_at_most_255_characters()
    {
        Should.NotThrow(() => EntityLimits.Check(new TableEntity("partition", "row") { [new string('a', 255)] = 1 }));
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity("partition", "row") { [new string('a', 256)] = 1 })).Message.ShouldContain("256 characters");
    }

    [Fact]
    public void A_type_that_the_store_does_not_write_is_refused() =>
        Should.Throw<ArgumentException>(() => EntityLimits.Check(new TableEntity("partition", "row") { ["When"] = DateTimeOffset.UnixEpoch })).Message.ShouldContain("DateTimeOffset");
}
