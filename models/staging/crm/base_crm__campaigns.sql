{{ crm_warehouse.judged('crm', 'campaigns') }}
