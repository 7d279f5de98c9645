package dev.kitbridge.examples.toollibrary;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ToolRepository extends JpaRepository<Tool, Long> {

    List<Tool> findByNameContainingIgnoreCaseOrderByName(String text);

    List<Tool> findByBorrowerNotNullOrderByBorrowerAscNameAsc();

    /**
     * Lends a tool that nobody has. One statement, so that two members cannot both succeed.
     *
     * @return the number of tools lent: 1 or 0
     */
    @Modifying(clearAutomatically = true)
    @Query("update Tool set borrower = :member where id = :id and borrower is null")
    int lend(long id, String member);

    /**
     * Takes a tool back from the member who has it.
     *
     * @return the number of tools taken back: 1 or 0
     */
    @Modifying(clearAutomatically = true)
    @Query("update Tool set borrower = null where id = :id and borrower = :member")
    int takeBack(long id, String member);
}
