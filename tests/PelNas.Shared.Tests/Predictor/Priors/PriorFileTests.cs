namespace PelNas.Shared.Tests.Predictor.Priors;

public sealed class PriorFileTests : FolderTest
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void Cells_may_be_named_by_index_or_by_architecture()
    {
        Read("index,accuracy\n7,91.5\n\n9,-3e2\n").Believed.ShouldBe([new(7, 91.5), new(9, -300)]);
        Read($"accuracy,architecture\n0.5,{Space.Format(42)}\n").Believed.ShouldBe([new(42, 0.5)]);
    }

    [Fact]
    public void Ranked_cells_come_by_their_rank()
    {
        PriorContent content = Read("index,accuracy,rank\n1,90,2\n2,91,\n3,92,1\n");

        content.Ranked.ShouldBe([new(3, 92), new(1, 90)]);
        content.Believed.ShouldBe([new(2, 91)]);
    }

    [Fact]
    public void Lines_of_other_contexts_are_passed_over()
        => Read("index,dataset,device,accuracy\n1,cifar10,,90\n2,cifar100,,91\n3,cifar10,raspi4,92\n4,cifar10,fpga,93\n5,,,94\n").Believed
            .Select(cell => cell.Index).ShouldBe([1, 4, 5]);

    [Fact]
    public void A_compressed_file_is_read()
    {
        string path = Folder.File("prior.csv.gz");
        using (GZipStream zip = new(File.Create(path), CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes("index,accuracy\n3,1\n"));
        }

        PriorFile.Read(path, Space, "cifar10", "fpga").Believed.ShouldBe([new(3, 1)]);
    }

    [Theory]
    [InlineData("cell,accuracy\n1,2\n", "needs a header with the columns 'index' or 'architecture', and 'accuracy'")]
    [InlineData("index,accuracy\n1,2\n15625,3\n", "names no cell in line 3: '15625' is no architecture: give an index from 0 to 15624")]
    [InlineData("index,accuracy\n1,high\n", "has no number in the column 'accuracy' of line 2")]
    [InlineData("index,accuracy\n1,2,3\n", "has 3 fields in line 2 and 2 in its header")]
    [InlineData("architecture,accuracy\n|conv5x5~0|,2\n", "names no cell in line 2: The architecture has 1 node")]
    [InlineData("index,dataset,accuracy\n1,cifar100,2\n", "says nothing of cifar10 on fpga")]
    [InlineData("", "needs a header")]
    public void What_is_wrong_with_a_file_is_said_with_the_line(string text, string problem)
        => Should.Throw<PriorFileException>(() => Read(text)).Message.ShouldContain(problem);

    [Fact]
    public void A_file_that_is_not_there_is_named()
        => Should.Throw<PriorFileException>(() => PriorFile.Read(Folder.File("none.csv"), Space, "cifar10", "fpga"))
            .Message.ShouldContain("none.csv cannot be read");

    private PriorContent Read(string text)
    {
        string path = Folder.File("prior.csv");
        File.WriteAllText(path, text);
        return PriorFile.Read(path, Space, "cifar10", "fpga");
    }
}
