namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201OrderTests
{
    [Fact]
    public void The_embedded_order_is_the_published_one()
    {
        string[][] rows = ShippedTable.Rows("nasbench201-architectures.csv.gz");
        rows.Length.ShouldBe(NasBench201.Instance.Size);
        for (int index = 0; index < rows.Length; index++)
        {
            rows[index][0].ShouldBe($"{index}");
            NasBench201.Instance.Format(index).ShouldBe(rows[index][1]);
        }
    }
}
