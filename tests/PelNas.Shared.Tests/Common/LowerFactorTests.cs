namespace PelNas.Shared.Tests.Common;

public class LowerFactorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void The_factor_its_determinant_and_its_solutions_are_those_of_MathNet(int size)
    {
        Matrix<double> half = Matrix<double>.Build.Random(size, size, seed: size);
        Matrix<double> matrix = (half * half.Transpose()) + Matrix<double>.Build.DenseIdentity(size);
        double[] b = [.. Enumerable.Range(0, size).Select(i => Math.Sin(i + 1))];

        LowerFactor factor = LowerFactor.Of(matrix.ToRowArrays()).ShouldNotBeNull();

        Matrix<double> expected = matrix.Cholesky().Factor;
        factor.Size.ShouldBe(size);
        factor.LogDeterminant.ShouldBe(matrix.Cholesky().DeterminantLn, 1e-9);
        Vector<double> solution = expected.Solve(Vector<double>.Build.DenseOfArray(b));
        factor.Solve(b).ShouldBe(solution, 1e-9);
        factor.Multiply([.. solution]).ShouldBe(b, 1e-9);
        double[][] columns = [.. b.Select(value => new[] { value, 2 * value })];
        factor.SolveRows(columns);
        columns.Select(row => row[1]).ShouldBe(solution.Select(value => 2 * value), 1e-9);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_has_no_factor() => LowerFactor.Of([[1, 2], [2, 1]]).ShouldBeNull();

    [Fact]
    public void A_matrix_with_a_value_that_is_no_number_has_no_factor() => LowerFactor.Of([[1], [double.NaN, 1]]).ShouldBeNull();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void An_inner_product_sums_the_first_values(int n)
    {
        double[] values = [.. Enumerable.Range(1, 12).Select(i => (double)i)];

        LowerFactor.Dot(values, values, n).ShouldBe(values.Take(n).Sum(value => value * value));
    }
}
