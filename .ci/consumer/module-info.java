module consumer {
    requires dev.watchword.otp.jdbc;
    requires org.xerial.sqlitejdbc;
}
