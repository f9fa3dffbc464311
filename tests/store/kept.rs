//! Everything that a database holds, as one text: every column of every table. For stories that look for what must not
//! be there any more.

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

/// Every value of every row, whatever it is.
pub async fn everything_kept(url: &str) -> String {
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.expect("the database opens");
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let tables = sqlx::query(tables).fetch_all(&mut connection).await.expect("it lists its tables");
        let mut all = String::new();
        for table in tables.iter().map(|row| row.get::<String, _>(0)) {
            let columns = format!(
                "SELECT group_concat('quote(\"' || name || '\")', ' || '' '' || ') FROM pragma_table_info('{table}')"
            );
            let columns: String =
                sqlx::query(AssertSqlSafe(columns)).fetch_one(&mut connection).await.expect("columns").get(0);
            let rows = format!("SELECT {columns} FROM \"{table}\"");
            for row in sqlx::query(AssertSqlSafe(rows)).fetch_all(&mut connection).await.expect("rows") {
                all.push_str(&format!("{table}: {}\n", row.get::<String, _>(0)));
            }
        }
        return all;
    }
    let mut connection = PgConnection::connect(url).await.expect("the database opens");
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let tables = sqlx::query(tables).fetch_all(&mut connection).await.expect("it lists its tables");
    let mut all = String::new();
    for table in tables.iter().map(|row| row.get::<String, _>(0)) {
        let rows = format!("SELECT t::text FROM \"{table}\" AS t");
        for row in sqlx::query(AssertSqlSafe(rows)).fetch_all(&mut connection).await.expect("rows") {
            all.push_str(&format!("{table}: {}\n", row.get::<String, _>(0)));
        }
    }
    all
}
